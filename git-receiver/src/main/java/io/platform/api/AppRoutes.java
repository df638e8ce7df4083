package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.service.AppDestructionService;
import io.platform.service.AppMoveService;
import io.platform.service.AppOverview;
import io.platform.service.AppService;
import io.platform.service.CreateAppRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RouteGroup that create, show, rename, transfer and destroy apps. */
final class AppRoutes implements RouteGroup {
  private static final int MAX_BYTES = 4096;

  private final UserAuthentication users;
  private final AppService apps;
  private final AppDestructionService destruction;
  private final AppMoveService moves;
  private final ApiRepresentations views;

  AppRoutes(
      UserAuthentication users,
      AppService apps,
      AppDestructionService destruction,
      AppMoveService moves,
      ApiRepresentations views) {
    this.users = users;
    this.apps = apps;
    this.destruction = destruction;
    this.moves = moves;
    this.views = views;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(AppParameter.APPS, this::list);
    routes.post(AppParameter.APPS, this::create);
    routes.get(AppParameter.APP, this::show);
    routes.patch(AppParameter.APP, this::move);
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
            new CreateAppRequest(
                Optional.ofNullable(body.namespace()),
                body.name() == null ? "" : body.name(),
                Optional.ofNullable(body.branch())));
    ctx.header("Location", "%s/%s".formatted(AppParameter.APPS, made.app().path()));
    Json.answer(ctx, 201, views.app(made));
  }

  /** The body of a request for another name or another namespace. */
  record Move(@Nullable String name, @Nullable String namespace) {}

  private void move(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    Move body = Json.body(ctx, Move.class, MAX_BYTES);
    String name = body.name();
    String namespace = body.namespace();
    AppPath now;
    if (name != null && namespace == null) {
      now = moves.rename(user, path, name);
    } else if (namespace != null && name == null) {
      now = moves.transfer(user, path, namespace);
    } else {
      throw new Problem(
          422,
          "Give the app another name or another namespace, one at a time: {\"name\": \"store\"} or {\"namespace\": \"acme\"}.");
    }
    Json.answer(ctx, 200, views.app(apps.find(user, now)));
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
