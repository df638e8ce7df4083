package io.platform.cli.client;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A login at one server.
 *
 * @param issuer the auth server that gave the token
 * @param revocation where to end the token, if the auth server has such a place
 * @param namespace the user's own
 */
public record Login(
    ServerUrl server,
    URI issuer,
    Optional<URI> revocation,
    String email,
    String namespace,
    String token,
    Instant expires) {

  public boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "login of " + email + " at " + server;
  }
}
