package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Topic;
import io.platform.http.Bodies;
import io.platform.http.Json;
import io.platform.http.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Showing releases, and going back to one. */
final class ReleaseRoutes {
  static final String RELEASES = AppRoutes.APP + "/releases";

  private static final Logger LOG = LoggerFactory.getLogger(ReleaseRoutes.class);
  private static final int MAX_LIMIT = 1000;
  private static final int MAX_BYTES = 4096;
  private static final int MAX_WAIT_SECONDS = 300;

  private final Stores stores;
  private final UserAuthorizer authorizer;
  private final LongPoll waiting;

  ReleaseRoutes(Stores stores, UserAuthorizer authorizer, LongPoll waiting) {
    this.stores = stores;
    this.authorizer = authorizer;
    this.waiting = waiting;
  }

  void register(RoutesConfig routes) {
    routes.get(RELEASES, this::list);
    routes.get(RELEASES + "/{version}", this::show);
    routes.post(AppRoutes.APP + "/rollback", this::rollback);
  }

  private void list(Context ctx) {
    App app = authorizer.app(ctx, Role.VIEWER);
    int limit = (int) QueryParameters.number(ctx, "limit", 50, 1, MAX_LIMIT);
    Json.answer(
        ctx,
        200,
        stores.releases().list(app.id(), limit).stream()
            .map(r -> ApiRepresentations.release(app, r))
            .toList());
  }

  private void show(Context ctx) throws InterruptedException {
    App app = authorizer.app(ctx, Role.VIEWER);
    ReleaseVersion version = version(app, ctx.pathParam("version"));
    Duration wait = Duration.ofSeconds(QueryParameters.number(ctx, "wait", 0, 0, MAX_WAIT_SECONDS));
    Release release =
        waiting.until(
            new Topic.AppChanged(app.id()),
            wait,
            () ->
                stores
                    .releases()
                    .find(app.id(), version)
                    .orElseThrow(() -> noRelease(app, version.toString())),
            r -> r.status() != Release.Status.PENDING);
    App now = stores.apps().find(app.id()).orElse(app);
    Json.answer(ctx, 200, ApiRepresentations.release(now, release));
  }

  /** The request's body. */
  record Body(@Nullable String version) {}

  private void rollback(Context ctx) throws IOException {
    Principal user = authorizer.user(ctx);
    App app = authorizer.app(ctx, user, Role.DEVELOPER);
    Optional<ReleaseVersion> to = Optional.empty();
    if (ctx.req().getContentLengthLong() != 0) {
      byte[] bytes = Bodies.read(ctx, MAX_BYTES);
      if (bytes.length > 0) {
        to = Optional.ofNullable(Json.parse(bytes, Body.class).version()).map(v -> version(app, v));
      }
    }
    try {
      Release release = stores.releases().rollback(app.id(), to, user.email());
      LOG.info("{} made {} {}: {}", user.email(), app.path(), release.version(), release.cause());
      ctx.header(
          "Location", "%s/%s/releases/%s".formatted(AppRoutes.APPS, app.path(), release.version()));
      Json.answer(ctx, 201, ApiRepresentations.release(app, release));
    } catch (Releases.NoSuchRelease e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
  }

  private static ReleaseVersion version(App app, String text) {
    return ReleaseVersion.parse(text).orElseThrow(() -> noRelease(app, text));
  }

  private static Problem noRelease(App app, String version) {
    return Problem.notFound(
        "%s has no release %s: `platform releases` lists them.".formatted(app.path(), version));
  }
}
