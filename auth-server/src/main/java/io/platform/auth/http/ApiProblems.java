package io.platform.auth.http;

import io.platform.auth.account.AccountRefused;
import io.platform.commons.http.Problem;
import java.time.Duration;

/** The errors that only the accounts API has. */
final class ApiProblems {

  private static final String CHALLENGE = "WWW-Authenticate";

  private ApiProblems() {}

  static Problem of(AccountRefused refused) {
    int status =
        switch (refused.reason()) {
          case INVALID -> 422;
          case TAKEN, CONFLICT -> 409;
          case NOT_FOUND -> 404;
          case FORBIDDEN -> 403;
        };
    return new Problem(status, String.valueOf(refused.getMessage()));
  }

  /**
   * Nobody is logged in.
   *
   * @param parameters of the Bearer challenge (RFC 6750, 3), each with a comma before it
   */
  static Problem unauthorized(String parameters, String detail) {
    return new Problem(401, detail).header(CHALLENGE, "Bearer realm=\"platform\"" + parameters);
  }

  /** The token is good, but not for this (RFC 6750, 3.1). */
  static Problem insufficientScope(String scope, String detail) {
    return new Problem(403, detail)
        .header(
            CHALLENGE,
            "Bearer realm=\"platform\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
  }

  /** Too many wrong passwords. */
  static Problem slowDown(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new Problem(
            429,
            "Too many wrong passwords were given for this account or from this address; try again in "
                + seconds
                + " s.")
        .header("Retry-After", Long.toString(seconds));
  }
}
