/**
 * What accounts and programs prove themselves with: signed tokens, the keys that sign them, and
 * clients' secrets.
 */
@NullMarked
package io.platform.auth.token;

import org.jspecify.annotations.NullMarked;
