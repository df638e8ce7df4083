/** Stops servers: each part within a time limit, and the process in any case. */
@NullMarked
package io.platform.commons.shutdown;

import org.jspecify.annotations.NullMarked;
