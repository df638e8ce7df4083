package io.platform.auth.http;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import io.platform.auth.token.TokenSubject;

/** Checks one type of grant at the token endpoint (RFC 6749, 4). */
interface GrantHandler {

  /** The {@code grant_type} of the requests that it checks. */
  GrantType type();

  /**
   * Whom the grant speaks for.
   *
   * @param grant of {@link #type}
   * @param address the client's network address
   * @throws OAuthError {@code invalid_grant} if it proves nobody
   */
  TokenSubject.User authenticate(AuthorizationGrant grant, String address) throws OAuthError;
}
