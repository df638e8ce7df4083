/**
 * Signals between two processes on one machine that share a database which carries none: a POST on
 * loopback.
 */
@NullMarked
package io.platform.signal;

import org.jspecify.annotations.NullMarked;
