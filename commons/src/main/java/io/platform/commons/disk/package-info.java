/**
 * Recognises disks that are full or cannot be written. Plain Java: the slug runner uses this
 * package.
 */
@NullMarked
package io.platform.commons.disk;

import org.jspecify.annotations.NullMarked;
