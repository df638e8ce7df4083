package io.platform.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads the token from an Authorization header. */
final class Credentials {
  private Credentials() {}

  /**
   * The token of {@code Bearer <token>}, or of Basic with any user name and the token as password.
   */
  static Optional<String> token(String authorization) {
    Optional<String> bearer = bearer(authorization);
    return bearer.isPresent()
        ? bearer
        : after("Basic", authorization).flatMap(Credentials::password);
  }

  /** The token of {@code Bearer <token>}. */
  static Optional<String> bearer(String authorization) {
    return after("Bearer", authorization);
  }

  private static Optional<String> after(String scheme, String authorization) {
    String header = authorization.strip();
    int length = scheme.length();
    return header.regionMatches(true, 0, scheme + " ", 0, length + 1)
        ? Optional.of(header.substring(length + 1).strip()).filter(token -> !token.isEmpty())
        : Optional.empty();
  }

  private static Optional<String> password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(pair.substring(colon + 1)).filter(p -> !p.isEmpty());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
