package io.platform.access;

import java.net.URI;

/**
 * The address and client of the auth server, which validates tokens.
 *
 * @param issuer the auth server's issuer identifier, as it is in its tokens
 * @param reachedAt where this process reaches it: the issuer, unless that leads through a proxy
 *     that it stands behind
 * @param clientId who the platform is there
 * @param clientSecret its secret
 */
public record AuthServerConfig(URI issuer, URI reachedAt, String clientId, String clientSecret) {
  /** An auth server that is reached at its issuer. */
  public AuthServerConfig(URI issuer, String clientId, String clientSecret) {
    this(issuer, issuer, clientId, clientSecret);
  }

  @Override
  public String toString() {
    return "AuthServerConfig[%s as %s]".formatted(issuer, clientId);
  }
}
