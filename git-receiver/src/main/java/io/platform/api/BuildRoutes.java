package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.port.Stores;
import io.platform.http.Json;
import io.platform.http.Problem;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Showing and canceling builds. */
final class BuildRoutes {
  static final String BUILDS = AppRoutes.APP + "/builds";
  static final String BUILD = BUILDS + "/{build}";

  private static final Logger LOG = LoggerFactory.getLogger(BuildRoutes.class);
  private static final int MAX_LIMIT = 1000;

  private final Stores stores;
  private final UserAuthorizer authorizer;
  private final LogStreams logs;

  BuildRoutes(Stores stores, UserAuthorizer authorizer, LogStreams logs) {
    this.stores = stores;
    this.authorizer = authorizer;
    this.logs = logs;
  }

  void register(RoutesConfig routes) {
    routes.get(BUILDS, this::list);
    routes.get(
        BUILD,
        ctx ->
            Json.answer(
                ctx, 200, ApiRepresentations.build(build(ctx, authorizer.app(ctx, Role.VIEWER)))));
    routes.post(BUILD + "/cancel", this::cancel);
    routes.get(BUILD + "/log", this::log);
  }

  private void list(Context ctx) {
    App app = authorizer.app(ctx, Role.VIEWER);
    int limit = (int) QueryParameters.number(ctx, "limit", 50, 1, MAX_LIMIT);
    Json.answer(
        ctx,
        200,
        stores.builds().list(app.id(), limit).stream().map(ApiRepresentations::build).toList());
  }

  private void log(Context ctx) throws IOException, InterruptedException {
    Build build = build(ctx, authorizer.app(ctx, Role.VIEWER));
    logs.stream(ctx, build, () -> authorizer.app(ctx, Role.VIEWER));
  }

  private void cancel(Context ctx) {
    Principal user = authorizer.user(ctx);
    Build build = build(ctx, authorizer.app(ctx, user, Role.DEVELOPER));
    Build.Status before = build.status();
    if (before.ended()) {
      throw new Problem(
              409,
              "Build %s is over: it is %s.".formatted(build.id(), before.word().replace('_', ' ')))
          .with("build", ApiRepresentations.build(build));
    }
    Build now = stores.builds().end(build.id(), new BuildEnd.Canceled(user.email())).build();
    LOG.info("{} canceled build {}", user.email(), build.id());
    Json.answer(ctx, 202, ApiRepresentations.build(now));
  }

  /** The build that the path names: by its id, or the newest. */
  private Build build(Context ctx, App app) {
    String id = ctx.pathParam("build");
    if (id.equals("latest")) {
      return stores.builds().list(app.id(), 1).stream()
          .findFirst()
          .orElseThrow(() ->
              Problem.notFound(
                  "%s has no builds yet: the first `git push` makes one.".formatted(app.path())));
    }
    return stores
        .builds()
        .find(new BuildId(id))
        .filter(build -> build.app().equals(app.id()))
        .orElseThrow(() ->
            Problem.notFound(
                "%s has no build %s: `platform builds` lists them.".formatted(app.path(), id)));
  }
}
