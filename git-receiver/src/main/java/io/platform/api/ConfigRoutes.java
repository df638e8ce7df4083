package io.platform.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.domain.AppPath;
import io.platform.service.ConfigChange;
import io.platform.service.ConfigService;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Config vars. */
final class ConfigRoutes implements RouteGroup {
  static final String CONFIG = AppParameter.APP + "/config";

  private static final int MAX_BYTES = 4 * ConfigChange.MAX_TOTAL;

  private final UserAuthentication users;
  private final ConfigService configs;

  ConfigRoutes(UserAuthentication users, ConfigService configs) {
    this.users = users;
    this.configs = configs;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(CONFIG, this::show);
    routes.patch(CONFIG, this::change);
  }

  private void show(Context ctx) {
    Principal user = users.user(ctx);
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, configs.config(user, AppParameter.of(ctx)).vars());
  }

  private void change(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    ConfigChange change = ConfigChangeBody.read(Json.body(ctx, ObjectNode.class, MAX_BYTES));
    ConfigService.Changed changed = configs.change(user, path, change);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("config", changed.config().vars());
    answer.put("changed", changed.names());
    answer.put(
        "release",
        changed.release().map(it -> ApiRepresentations.release(changed.app(), it)).orElse(null));
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, answer);
  }
}
