/** Builders as child processes on one machine. */
@NullMarked
package io.platform.process.build;

import org.jspecify.annotations.NullMarked;
