/**
 * The services that users have for apps, builds, releases and config, and that builders and runners
 * have: permission, rule, store, signal.
 */
@NullMarked
package io.platform.service;

import org.jspecify.annotations.NullMarked;
