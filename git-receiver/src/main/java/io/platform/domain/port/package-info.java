/** The interfaces through which the domain's rows, runtimes, traffic and signals are reached. */
@NullMarked
package io.platform.domain.port;

import org.jspecify.annotations.NullMarked;
