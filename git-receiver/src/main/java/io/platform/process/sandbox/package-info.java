/** Child processes in a sandbox: how they are started, watched, limited and ended. */
@NullMarked
package io.platform.process.sandbox;

import org.jspecify.annotations.NullMarked;
