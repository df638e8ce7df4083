/** The way into a build, whoever sends its source: open, store the source, accept. */
@NullMarked
package io.platform.build.intake;

import org.jspecify.annotations.NullMarked;
