/**
 * Delivers the logs of apps to their drains: RFC 5424 over TCP and TLS, JSON lines over HTTPS. A
 * drain has two threads: one reads the log into a bounded buffer and never waits, the other sends
 * what is in it, again and again where that fails.
 */
@NullMarked
package io.platform.drain;

import org.jspecify.annotations.NullMarked;
