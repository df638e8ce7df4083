package io.platform.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.port.Stores;
import io.platform.http.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Config vars. Their values are secrets: they are shown to developers and never logged. */
final class ConfigRoutes {
  static final String CONFIG = AppRoutes.APP + "/config";

  private static final Logger LOG = LoggerFactory.getLogger(ConfigRoutes.class);
  private static final int MAX_BYTES = 4 * ConfigChangeRequest.MAX_TOTAL;

  private final Stores stores;
  private final UserAuthorizer authorizer;

  ConfigRoutes(Stores stores, UserAuthorizer authorizer) {
    this.stores = stores;
    this.authorizer = authorizer;
  }

  void register(RoutesConfig routes) {
    routes.get(CONFIG, this::show);
    routes.patch(CONFIG, this::change);
  }

  private void show(Context ctx) {
    App app = authorizer.app(ctx, Role.DEVELOPER);
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, stores.releases().config(app.id()).vars());
  }

  private void change(Context ctx) throws IOException {
    Principal user = authorizer.user(ctx);
    App app = authorizer.app(ctx, user, Role.DEVELOPER);
    Map<String, Optional<String>> change =
        ConfigChangeRequest.read(
            Json.body(ctx, ObjectNode.class, MAX_BYTES), stores.releases().config(app.id()));
    Optional<Release> release = stores.releases().reconfigure(app.id(), change, user.email());
    LOG.info("{} changed config vars of {}: {}", user.email(), app.path(), change.keySet());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("config", stores.releases().config(app.id()).vars());
    answer.put("release", release.map(r -> ApiRepresentations.release(app, r)).orElse(null));
    ctx.header("Cache-Control", "no-store");
    Json.answer(ctx, 200, answer);
  }
}
