package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.platform.commons.http.Problem;
import io.platform.commons.http.Problems;
import io.platform.service.RequestRefused;

/** Answers requests that the services refuse. */
final class RefusedRequests {
  private static final String RETRY_SECONDS = "30";

  private RefusedRequests() {}

  static void register(RoutesConfig routes) {
    routes.exception(RequestRefused.class, (e, ctx) -> Problems.answer(ctx, problem(e)));
  }

  static Problem problem(RequestRefused refused) {
    return switch (refused.reason()) {
      case INVALID -> new Problem(422, refused.sentence()).with("errors", refused.errors());
      case NOT_FOUND -> Problem.notFound(refused.sentence());
      case FORBIDDEN -> new Problem(403, refused.sentence());
      case CONFLICT -> new Problem(409, refused.sentence());
      case REMOVED -> new Problem(410, refused.sentence());
      case LOST -> new Problem(500, refused.sentence());
      case TOO_MANY -> new Problem(429, refused.sentence()).header("Retry-After", RETRY_SECONDS);
      case UNAVAILABLE -> new Problem(503, refused.sentence()).header("Retry-After", RETRY_SECONDS);
    };
  }
}
