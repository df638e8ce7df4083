package io.platform.auth.http;

import io.platform.auth.account.Accounts;
import io.platform.auth.account.Logins;
import io.platform.auth.account.Namespaces;
import io.platform.auth.token.Clients;
import io.platform.auth.token.Issuer;
import io.platform.auth.token.SigningKeys;
import io.platform.auth.token.Tokens;

/** The services that the endpoints call. */
public record AuthServices(
    Issuer issuer,
    Logins logins,
    Accounts accounts,
    Namespaces namespaces,
    Tokens tokens,
    SigningKeys keys,
    Clients clients) {

  /** The base URL, without which no token can be issued or checked. */
  String url() throws OAuthError {
    return issuer
        .url()
        .orElseThrow(
            () -> OAuthError.unavailable("The server is starting; try again in a moment."));
  }
}
