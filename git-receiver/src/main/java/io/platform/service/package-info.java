/**
 * The services that users have for apps, builds, releases and config: permission, rule, store,
 * signal.
 */
@NullMarked
package io.platform.service;

import org.jspecify.annotations.NullMarked;
