/** The metrics that every server has: the registry, the port of {@code /metrics}, HTTP requests. */
@NullMarked
package io.platform.commons.metrics;

import org.jspecify.annotations.NullMarked;
