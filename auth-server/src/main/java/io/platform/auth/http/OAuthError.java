package io.platform.auth.http;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import io.javalin.http.Context;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * An error of an OAuth endpoint (RFC 6749, 5.2). The description is for people; the RFC allows it
 * only ASCII without quotes and backslashes.
 */
final class OAuthError extends Exception {

  private static final long serialVersionUID = 1L;

  private final ErrorObject error;
  private final Map<String, String> headers;

  private OAuthError(int status, String code, String description, Map<String, String> headers) {
    super(description);
    this.error = new ErrorObject(code, description, status);
    this.headers = Map.copyOf(headers);
  }

  static OAuthError invalidRequest(String description) {
    return badRequest("invalid_request", description);
  }

  static OAuthError badRequest(String code, String description) {
    return new OAuthError(400, code, description, Map.of());
  }

  static OAuthError invalidClient(String description) {
    return new OAuthError(
        401,
        "invalid_client",
        description,
        Map.of("WWW-Authenticate", "Basic realm=\"platform\", charset=\"UTF-8\""));
  }

  /** After too many failed logins; the code is that of RFC 8628, the only one that fits. */
  static OAuthError slowDown(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return new OAuthError(
        429,
        "slow_down",
        "Too many logins failed for this account or from this address; try again in "
            + seconds
            + " s.",
        Map.of("Retry-After", Long.toString(seconds)));
  }

  static OAuthError unavailable(String description) {
    return new OAuthError(503, "temporarily_unavailable", description, Map.of("Retry-After", "1"));
  }

  /** What a message lacks, or has and may not have. */
  static OAuthError of(ParseException e) {
    ErrorObject error = Objects.requireNonNullElse(e.getErrorObject(), OAuth2Error.INVALID_REQUEST);
    String why = ErrorObject.removeIllegalChars(String.valueOf(e.getMessage()));
    return new OAuthError(error.getHTTPStatusCode(), error.getCode(), why + ".", Map.of());
  }

  /**
   * What every API can answer, in the words of OAuth. The RFC has 400 for what is wrong with a
   * request, and nothing for one that does not come.
   */
  static OAuthError of(Problem problem) {
    int status = problem.status() == 413 ? 400 : problem.status();
    String code =
        switch (status) {
          case 500 -> "server_error";
          case 503, 507 -> "temporarily_unavailable";
          default -> "invalid_request";
        };
    return new OAuthError(status, code, problem.detail(), problem.headers());
  }

  void answer(Context context) {
    headers.forEach(context::header);
    Json.answer(context, error.getHTTPStatusCode(), new TokenErrorResponse(error).toJSONObject());
  }
}
