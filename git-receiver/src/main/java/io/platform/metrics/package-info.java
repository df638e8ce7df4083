/**
 * The platform's metrics: their names, what measures them, and {@code /metrics}. The other packages
 * count without knowing of this one.
 */
@NullMarked
package io.platform.metrics;

import org.jspecify.annotations.NullMarked;
