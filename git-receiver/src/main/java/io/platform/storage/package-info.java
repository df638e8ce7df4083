/**
 * Where sources, slugs, logs and caches are kept: one interface, and an adapter for each kind of
 * store.
 */
@NullMarked
package io.platform.storage;

import org.jspecify.annotations.NullMarked;
