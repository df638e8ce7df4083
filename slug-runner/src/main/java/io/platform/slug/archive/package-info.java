/**
 * Archives: slugs, sources and caches as tar.zst, written and unpacked as streams within limits.
 */
@NullMarked
package io.platform.slug.archive;

import org.jspecify.annotations.NullMarked;
