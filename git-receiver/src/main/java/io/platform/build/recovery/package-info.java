/** Repairs what a killed receiver left: at start, and when its leases run out. */
@NullMarked
package io.platform.build.recovery;

import org.jspecify.annotations.NullMarked;
