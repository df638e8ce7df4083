package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.domain.AppPath;
import io.platform.service.MaintenanceService;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RouteGroup that turn an app's maintenance mode on and off. */
final class MaintenanceRoutes implements RouteGroup {
  static final String MAINTENANCE = AppParameter.APP + "/maintenance";

  private static final int MAX_BYTES = 4096;

  private final UserAuthentication users;
  private final MaintenanceService maintenance;

  MaintenanceRoutes(UserAuthentication users, MaintenanceService maintenance) {
    this.users = users;
    this.maintenance = maintenance;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(MAINTENANCE, this::show);
    routes.put(MAINTENANCE, this::turnOn);
    routes.delete(MAINTENANCE, this::turnOff);
  }

  /** The maintenance mode of an app; no page means the platform's own. */
  record MaintenanceView(boolean on, @Nullable String page) {
    static MaintenanceView of(MaintenanceService.State state) {
      return new MaintenanceView(state.on(), state.page().map(URI::toString).orElse(null));
    }
  }

  /** The body of a request to turn it on. */
  record Body(@Nullable String page) {}

  private void show(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, MaintenanceView.of(maintenance.show(user, AppParameter.of(ctx))));
  }

  private void turnOn(Context ctx) throws IOException, InterruptedException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    Optional<String> page = Optional.ofNullable(Json.body(ctx, Body.class, MAX_BYTES).page());
    Json.answer(ctx, 200, MaintenanceView.of(maintenance.turnOn(user, path, page)));
  }

  private void turnOff(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, MaintenanceView.of(maintenance.turnOff(user, AppParameter.of(ctx))));
  }
}
