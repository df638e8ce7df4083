/**
 * Disks that take no more, as programs meet them. Plain Java: the slug runner uses this package.
 */
@NullMarked
package io.platform.commons.disk;

import org.jspecify.annotations.NullMarked;
