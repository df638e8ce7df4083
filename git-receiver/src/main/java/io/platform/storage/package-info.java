/**
 * The object store, where sources, slugs, logs and caches are kept: its interface, its errors and
 * what an URL of one says.
 */
@NullMarked
package io.platform.storage;

import org.jspecify.annotations.NullMarked;
