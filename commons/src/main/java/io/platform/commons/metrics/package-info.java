/**
 * What a server's metrics are made of: the registry, the port of {@code /metrics}, HTTP requests.
 */
@NullMarked
package io.platform.commons.metrics;

import org.jspecify.annotations.NullMarked;
