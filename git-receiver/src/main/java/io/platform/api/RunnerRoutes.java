package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Problem;
import io.platform.commons.http.header.ReprDigest;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.service.RunnerService;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemJson;
import java.io.IOException;
import java.util.Optional;

/**
 * RouteGroup for runners, valid as long as the release is wanted: the URL of the slug, and the
 * report that it could not be fetched.
 */
final class RunnerRoutes implements RouteGroup {
  static final String SLUG = "/api/v1/releases/{id}/slug";
  static final String PROBLEM = SLUG + "/problem";

  private static final int MAX_BYTES = 4096;

  private final RunnerService runners;

  RunnerRoutes(RunnerService runners) {
    this.runners = runners;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(SLUG, this::slug);
    routes.post(PROBLEM, this::problem);
  }

  private void slug(Context ctx) throws IOException {
    RunnerService.SlugUrl slug = runners.slug(wanted(ctx));
    ctx.header("Cache-Control", "no-store");
    ctx.header(ReprDigest.FIELD, ReprDigest.ofHex(slug.digest().hex()));
    ctx.header("Location", slug.url());
    ctx.status(307);
  }

  private void problem(Context ctx) throws IOException {
    Release release = wanted(ctx);
    runners.recordProblem(release, problem(Bodies.read(ctx, MAX_BYTES)));
    ctx.status(204);
  }

  /** A runner of an earlier version sends a text in place of the code. */
  private static Optional<SlugProblem> problem(byte[] body) {
    try {
      JsonObject json = JsonObject.parse(body);
      return json.has("code")
          ? Optional.of(SlugProblemJson.read(json))
          : json.optionalString("message")
              .filter(message -> !message.isBlank())
              .map(SlugProblem.Described::new);
    } catch (BadFormatException e) {
      throw new Problem(400, "The body is a JSON object with a code: " + e.getMessage());
    }
  }

  private Release wanted(Context ctx) {
    return runners.wanted(
        Optional.ofNullable(ctx.header("Authorization")), new ReleaseId(ctx.pathParam("id")));
  }
}
