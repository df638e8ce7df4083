/** How servers stop: each part in a bounded time, and the process in any case. */
@NullMarked
package io.platform.commons.shutdown;

import org.jspecify.annotations.NullMarked;
