/** Child processes of the builder: their end and their output. */
@NullMarked
package io.platform.slug.build.process;

import org.jspecify.annotations.NullMarked;
