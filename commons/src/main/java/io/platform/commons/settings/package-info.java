/**
 * Settings from the environment: read once, at start, with all errors told at once; and what
 * addresses and URLs in them may look like.
 */
@NullMarked
package io.platform.commons.settings;

import org.jspecify.annotations.NullMarked;
