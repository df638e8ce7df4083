/** Drives accepted builds to their end and settlement: launch, watch, end, settle. */
@NullMarked
package io.platform.build.supervision;

import org.jspecify.annotations.NullMarked;
