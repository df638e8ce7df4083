/**
 * The parts that all programs of the platform share: database and object store, port, readiness and
 * shutdown.
 */
@NullMarked
package io.platform.bootstrap;

import org.jspecify.annotations.NullMarked;
