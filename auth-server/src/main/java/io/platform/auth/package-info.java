/**
 * The auth server as a whole: what it is configured with, how another program mounts it, and its
 * own main.
 */
@NullMarked
package io.platform.auth;

import org.jspecify.annotations.NullMarked;
