/** Repairs what a kill left: at start, and when the lease of a receiver runs out. */
@NullMarked
package io.platform.build.recovery;

import org.jspecify.annotations.NullMarked;
