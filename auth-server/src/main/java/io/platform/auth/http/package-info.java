/** The auth server's HTTP API: the standard OAuth 2.0 endpoints, accounts and namespaces. */
@NullMarked
package io.platform.auth.http;

import org.jspecify.annotations.NullMarked;
