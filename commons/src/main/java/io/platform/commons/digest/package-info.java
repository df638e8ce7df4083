/** Digests of bytes and text. Plain Java alone: the slug runner uses this package. */
@NullMarked
package io.platform.commons.digest;

import org.jspecify.annotations.NullMarked;
