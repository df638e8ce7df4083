package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.Json;
import io.platform.domain.AppPath;
import io.platform.domain.ReleaseVersion;
import io.platform.service.ReleaseService;
import io.platform.service.ReleaseService.AppRelease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RouteGroup that show releases and roll back to one. */
final class ReleaseRoutes implements RouteGroup {
  static final String RELEASES = AppParameter.APP + "/releases";

  private static final int MAX_LIMIT = 1000;
  private static final int MAX_BYTES = 4096;
  private static final int MAX_WAIT_SECONDS = 300;

  private final UserAuthentication users;
  private final ReleaseService releases;

  ReleaseRoutes(UserAuthentication users, ReleaseService releases) {
    this.users = users;
    this.releases = releases;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(RELEASES, this::list);
    routes.get(RELEASES + "/{version}", this::show);
    routes.post(AppParameter.APP + "/rollback", this::rollBack);
  }

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    int limit = (int) QueryParameters.number(ctx, "limit", 50, 1, MAX_LIMIT);
    Json.answer(
        ctx,
        200,
        releases.list(user, path, limit).stream().map(ApiRepresentations::release).toList());
  }

  private void show(Context ctx) throws InterruptedException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    ReleaseVersion version = version(path, ctx.pathParam("version"));
    Duration wait = Duration.ofSeconds(QueryParameters.number(ctx, "wait", 0, 0, MAX_WAIT_SECONDS));
    Json.answer(ctx, 200, ApiRepresentations.release(releases.find(user, path, version, wait)));
  }

  /** The body of a request for a rollback. */
  record Body(@Nullable String version) {}

  private void rollBack(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    AppRelease made = releases.rollBack(user, path, to(ctx, path));
    ctx.header(
        "Location",
        "%s/%s/releases/%s".formatted(AppParameter.APPS, path, made.release().version()));
    Json.answer(ctx, 201, ApiRepresentations.release(made));
  }

  private static Optional<ReleaseVersion> to(Context ctx, AppPath path) throws IOException {
    if (ctx.req().getContentLengthLong() == 0) {
      return Optional.empty();
    }
    byte[] body = Bodies.read(ctx, MAX_BYTES);
    return body.length == 0
        ? Optional.empty()
        : Optional.ofNullable(Json.parse(body, Body.class).version()).map(it -> version(path, it));
  }

  private static ReleaseVersion version(AppPath path, String text) {
    return ReleaseVersion.parse(text).orElseThrow(() -> ReleaseService.noRelease(path, text));
  }
}
