/**
 * Removes stored objects: old sources, logs and slugs, unreferenced objects, and those of destroyed
 * apps.
 */
@NullMarked
package io.platform.retention;

import org.jspecify.annotations.NullMarked;
