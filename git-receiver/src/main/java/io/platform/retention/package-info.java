/**
 * What goes of what is stored: old sources, logs and slugs, the objects that nothing refers to, and
 * what is left of apps that are gone.
 */
@NullMarked
package io.platform.retention;

import org.jspecify.annotations.NullMarked;
