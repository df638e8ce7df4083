package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.domain.AppPath;
import io.platform.service.AppDestructionService;
import io.platform.service.AppOverview;
import io.platform.service.AppService;
import io.platform.service.NewApp;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routes that create, show and destroy apps. */
final class AppRoutes implements Routes {
  private static final int MAX_BYTES = 4096;

  private final UserAuthentication users;
  private final AppService apps;
  private final AppDestructionService destruction;
  private final ApiRepresentations views;

  AppRoutes(
      UserAuthentication users,
      AppService apps,
      AppDestructionService destruction,
      ApiRepresentations views) {
    this.users = users;
    this.apps = apps;
    this.destruction = destruction;
    this.views = views;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(AppParameter.APPS, this::list);
    routes.post(AppParameter.APPS, this::create);
    routes.get(AppParameter.APP, this::show);
    routes.delete(AppParameter.APP, this::destroy);
  }

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    Optional<String> namespace = Optional.ofNullable(ctx.queryParam("namespace"));
    Json.answer(ctx, 200, apps.list(user, namespace).stream().map(views::app).toList());
  }

  private void show(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, views.app(apps.find(user, AppParameter.of(ctx))));
  }

  /** The body of a request for a new app. */
  record Body(@Nullable String name, @Nullable String namespace, @Nullable String branch) {}

  private void create(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    Body body = Json.body(ctx, Body.class, MAX_BYTES);
    AppOverview made =
        apps.create(
            user,
            new NewApp(
                Optional.ofNullable(body.namespace()),
                body.name() == null ? "" : body.name(),
                Optional.ofNullable(body.branch())));
    ctx.header("Location", "%s/%s".formatted(AppParameter.APPS, made.app().path()));
    Json.answer(ctx, 201, views.app(made));
  }

  private void destroy(Context ctx) throws InterruptedException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    if (destruction.destroy(user, path, Optional.ofNullable(ctx.queryParam("confirm")))) {
      ctx.status(204);
    } else {
      Json.answer(
          ctx,
          202,
          Map.of(
              "detail",
              "%s is being destroyed; its name can be used again once that is done."
                  .formatted(path)));
    }
  }
}
