/** Makes sentences of {@link io.platform.domain.FailureCause}s, for those who read them. */
@NullMarked
package io.platform.failure;

import org.jspecify.annotations.NullMarked;
