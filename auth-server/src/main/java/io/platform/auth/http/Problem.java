package io.platform.auth.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.platform.auth.account.AccountRefused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An error of the accounts API (RFC 9457). */
final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final Map<String, String> headers;

  private Problem(int status, String detail, Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  static Problem of(int status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  static Problem of(AccountRefused refused) {
    int status =
        switch (refused.reason()) {
          case INVALID -> 422;
          case TAKEN, CONFLICT -> 409;
          case NOT_FOUND -> 404;
          case FORBIDDEN -> 403;
        };
    return of(status, String.valueOf(refused.getMessage()));
  }

  /**
   * Nobody is logged in.
   *
   * @param parameters of the Bearer challenge (RFC 6750, 3), each with a comma before it
   */
  static Problem unauthorized(String parameters, String detail) {
    return new Problem(
        401, detail, Map.of("WWW-Authenticate", "Bearer realm=\"platform\"" + parameters));
  }

  /** The token is good, but not for this (RFC 6750, 3.1). */
  static Problem insufficientScope(String scope, String detail) {
    return new Problem(
        403,
        detail,
        Map.of(
            "WWW-Authenticate",
            "Bearer realm=\"platform\", error=\"insufficient_scope\", scope=\"" + scope + "\""));
  }

  /** Too many wrong passwords. */
  static Problem slowDown(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new Problem(
        429,
        "Too many wrong passwords were given for this account or from this address; try again in "
            + seconds
            + " s.",
        Map.of("Retry-After", Long.toString(seconds)));
  }

  static Problem of(DatabaseFault fault) {
    return of(fault.status(), fault.sentence());
  }

  static Problem serverError() {
    return of(500, "The auth server failed; its log says why. Try again later.");
  }

  void answer(Context context) {
    headers.forEach(context::header);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", HttpStatus.forStatus(status).getMessage());
    body.put("status", status);
    body.put("detail", String.valueOf(getMessage()));
    Json.answer(context, status, "application/problem+json", body);
  }
}
