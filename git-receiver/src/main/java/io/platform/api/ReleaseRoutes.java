package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.app.App;
import io.platform.app.Release;
import io.platform.app.Releases;
import io.platform.app.Stores;
import io.platform.app.Topic;
import io.platform.app.Version;
import io.platform.web.Bodies;
import io.platform.web.Json;
import io.platform.web.Problem;
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
  private final Door door;
  private final Waiting waiting;

  ReleaseRoutes(Stores stores, Door door, Waiting waiting) {
    this.stores = stores;
    this.door = door;
    this.waiting = waiting;
  }

  void register(RoutesConfig routes) {
    routes.get(RELEASES, this::list);
    routes.get(RELEASES + "/{version}", this::show);
    routes.post(AppRoutes.APP + "/rollback", this::rollback);
  }

  private void list(Context ctx) {
    App app = door.app(ctx, Role.VIEWER);
    int limit = (int) Queries.number(ctx, "limit", 50, 1, MAX_LIMIT);
    Json.answer(
        ctx,
        200,
        stores.releases().list(app.id(), limit).stream().map(r -> Views.release(app, r)).toList());
  }

  private void show(Context ctx) throws InterruptedException {
    App app = door.app(ctx, Role.VIEWER);
    Version version = version(app, ctx.pathParam("version"));
    Duration wait = Duration.ofSeconds(Queries.number(ctx, "wait", 0, 0, MAX_WAIT_SECONDS));
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
    Json.answer(ctx, 200, Views.release(now, release));
  }

  /** The request's body. */
  record Body(@Nullable String version) {}

  private void rollback(Context ctx) throws IOException {
    Principal user = door.user(ctx);
    App app = door.app(ctx, user, Role.DEVELOPER);
    Optional<Version> to = Optional.empty();
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
      Json.answer(ctx, 201, Views.release(app, release));
    } catch (Releases.NoSuchRelease e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
  }

  private static Version version(App app, String text) {
    return Version.parse(text).orElseThrow(() -> noRelease(app, text));
  }

  private static Problem noRelease(App app, String version) {
    return Problem.notFound(
        "%s has no release %s: `platform releases` lists them.".formatted(app.path(), version));
  }
}
