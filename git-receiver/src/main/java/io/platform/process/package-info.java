/**
 * Builds and apps on one machine, as child processes. {@link ProcessAdapters} makes the adapters of
 * the ports.
 */
@NullMarked
package io.platform.process;

import org.jspecify.annotations.NullMarked;
