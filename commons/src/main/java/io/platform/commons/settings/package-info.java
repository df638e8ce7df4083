/** Settings from the environment: read once, at start, with all errors told at once. */
@NullMarked
package io.platform.commons.settings;

import org.jspecify.annotations.NullMarked;
