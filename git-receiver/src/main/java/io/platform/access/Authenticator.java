package io.platform.access;

import java.util.Optional;

/** Identifies the sender of a request. */
public interface Authenticator {
  /**
   * Checks a token with the auth server.
   *
   * @param authorization the header: Bearer with a token, or Basic with any user name and the token
   *     as password
   */
  Authentication authenticate(Optional<String> authorization);
}
