package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.port.Builds;
import io.platform.service.BuildService;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** RouteGroup that show and cancel builds. */
final class BuildRoutes implements RouteGroup {
  static final String BUILDS = AppParameter.APP + "/builds";
  static final String BUILD = BUILDS + "/{build}";

  private static final String CACHE = AppParameter.APP + "/build-cache";

  private static final int MAX_LIMIT = 1000;

  private final UserAuthentication users;
  private final BuildService builds;
  private final LogStreams logs;

  BuildRoutes(UserAuthentication users, BuildService builds, LogStreams logs) {
    this.users = users;
    this.builds = builds;
    this.logs = logs;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(BUILDS, this::list);
    routes.get(BUILD, ctx -> Json.answer(ctx, 200, ApiRepresentations.build(build(ctx))));
    routes.post(BUILD + "/cancel", this::cancel);
    routes.get(BUILD + "/log", this::log);
    routes.get(
        CACHE, ctx -> answerCache(ctx, builds.cacheSize(users.user(ctx), AppParameter.of(ctx))));
    routes.delete(
        CACHE, ctx -> answerCache(ctx, builds.purgeCache(users.user(ctx), AppParameter.of(ctx))));
  }

  private static void answerCache(Context ctx, long size) {
    Json.answer(ctx, 200, Map.of("size", size));
  }

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    int limit = (int) QueryParameters.number(ctx, "limit", 50, 1, MAX_LIMIT);
    Json.answer(
        ctx, 200, builds.list(user, path, limit).stream().map(ApiRepresentations::build).toList());
  }

  private void log(Context ctx) throws IOException, InterruptedException {
    logs.stream(ctx, id(ctx));
  }

  private void cancel(Context ctx) {
    Principal user = users.user(ctx);
    Builds.Ended ended = builds.cancel(user, AppParameter.of(ctx), id(ctx));
    Build build = ended.build();
    if (!ended.first()) {
      throw new Problem(
              409,
              "Build %s is over: it is %s."
                  .formatted(build.id(), build.status().word().replace('_', ' ')))
          .with("build", ApiRepresentations.build(build));
    }
    Json.answer(ctx, 202, ApiRepresentations.build(build));
  }

  private Build build(Context ctx) {
    return builds.find(users.user(ctx), AppParameter.of(ctx), id(ctx));
  }

  /** The build that the path names; empty for the newest. */
  private static Optional<BuildId> id(Context ctx) {
    String id = ctx.pathParam("build");
    return id.equals("latest") ? Optional.empty() : Optional.of(new BuildId(id));
  }
}
