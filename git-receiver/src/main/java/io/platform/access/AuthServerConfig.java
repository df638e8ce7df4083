package io.platform.access;

import java.net.URI;

/**
 * Where tokens are checked.
 *
 * @param issuer the auth server's issuer identifier, as it is in its tokens
 * @param clientId who the platform is there
 * @param clientSecret its secret
 */
public record AuthServerConfig(URI issuer, String clientId, String clientSecret) {
  @Override
  public String toString() {
    return "AuthServerConfig[%s as %s]".formatted(issuer, clientId);
  }
}
