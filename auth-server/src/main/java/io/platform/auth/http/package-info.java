/**
 * The auth server's face: the standard OAuth 2.0 endpoints and the API of accounts and namespaces.
 */
@NullMarked
package io.platform.auth.http;

import org.jspecify.annotations.NullMarked;
