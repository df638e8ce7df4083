package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppSummary;
import io.platform.domain.BuildEnd;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Topic;
import io.platform.http.Json;
import io.platform.http.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Making, showing and destroying apps. */
final class AppRoutes {
  static final String APPS = "/api/v1/apps";
  static final String APP = APPS + "/{namespace}/{app}";

  private static final Logger LOG = LoggerFactory.getLogger(AppRoutes.class);

  private final Stores stores;
  private final UserAuthorizer authorizer;
  private final ApiRepresentations views;
  private final LongPoll waiting;
  private final Duration destroyLimit;

  AppRoutes(
      Stores stores,
      UserAuthorizer authorizer,
      ApiRepresentations views,
      LongPoll waiting,
      Duration destroyLimit) {
    this.stores = stores;
    this.authorizer = authorizer;
    this.views = views;
    this.waiting = waiting;
    this.destroyLimit = destroyLimit;
  }

  void register(RoutesConfig routes) {
    routes.get(APPS, this::list);
    routes.post(APPS, this::create);
    routes.get(APP, this::show);
    routes.delete(APP, this::destroy);
  }

  private void list(Context ctx) {
    Principal user = authorizer.user(ctx);
    List<String> seen = user.memberships().stream().map(Principal.Membership::namespace).toList();
    String wanted = ctx.queryParam("namespace");
    if (wanted != null && !seen.contains(wanted)) {
      throw CreateAppRequest.noNamespace(wanted);
    }
    Json.answer(ctx, 200, views.apps(stores.apps().list(wanted == null ? seen : List.of(wanted))));
  }

  private void show(Context ctx) {
    App app = authorizer.app(ctx, Role.VIEWER);
    AppSummary summary =
        stores.apps().summary(app.id()).orElseThrow(() -> UserAuthorizer.noApp(app.path()));
    Json.answer(ctx, 200, views.app(summary));
  }

  private void create(Context ctx) throws IOException {
    Principal user = authorizer.user(ctx);
    CreateAppRequest app = CreateAppRequest.read(ctx, user);
    try {
      App made = stores.apps().create(app.customer(), app.path(), app.deployBranch());
      LOG.info("{} made the app {}", user.email(), made.path());
      ctx.header("Location", "%s/%s".formatted(APPS, made.path()));
      Json.answer(ctx, 201, views.newApp(made));
    } catch (Apps.AppExists e) {
      throw new Problem(409, String.valueOf(e.getMessage()));
    }
  }

  private void destroy(Context ctx) throws InterruptedException {
    Principal user = authorizer.user(ctx);
    App app = authorizer.app(ctx, user, Role.OWNER);
    if (!app.path().name().equals(ctx.queryParam("confirm"))) {
      throw new Problem(
          422,
          "This destroys %s with all that belongs to it: confirm it with ?confirm=%s."
              .formatted(app.path(), app.path().name()));
    }
    LOG.info("{} destroys the app {}", user.email(), app.path());
    stores.apps().destroy(app.id());
    stores
        .builds()
        .unsettled(app.id())
        .ifPresent(build -> stores.builds().end(build.id(), new BuildEnd.Canceled(user.email())));
    Optional<App> left =
        waiting.until(
            new Topic.AppChanged(app.id()),
            destroyLimit,
            () -> stores.apps().find(app.id()),
            Optional::isEmpty);
    if (left.isPresent()) {
      Json.answer(
          ctx,
          202,
          Map.of(
              "detail",
              "%s is being destroyed; its name is free again when it is gone."
                  .formatted(app.path())));
    } else {
      ctx.status(204);
    }
  }
}
