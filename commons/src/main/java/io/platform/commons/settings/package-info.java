/**
 * Reads settings from environment variables at start and reports all errors together; checks
 * addresses and URLs in them.
 */
@NullMarked
package io.platform.commons.settings;

import org.jspecify.annotations.NullMarked;
