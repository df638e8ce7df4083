/**
 * The credentials of accounts and programs: signed tokens, the keys that sign them, and clients'
 * secrets.
 */
@NullMarked
package io.platform.auth.token;

import org.jspecify.annotations.NullMarked;
