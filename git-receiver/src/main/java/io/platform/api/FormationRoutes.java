package io.platform.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.domain.AppPath;
import io.platform.domain.Scale;
import io.platform.service.FormationService;
import io.platform.service.ScaleRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RouteGroup that show and scale an app's process types. */
final class FormationRoutes implements RouteGroup {
  static final String FORMATION = AppParameter.APP + "/formation";

  private static final int MAX_BYTES = 16 * 1024;

  private final UserAuthentication users;
  private final FormationService formations;

  FormationRoutes(UserAuthentication users, FormationService formations) {
    this.users = users;
    this.formations = formations;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(FORMATION, this::show);
    routes.patch(FORMATION, this::change);
  }

  /** The formation of a type; no memory or CPU means the platform's own. */
  record ScaleView(int quantity, @Nullable Long memory, @Nullable BigDecimal cpu, String command) {}

  private void show(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(ctx, 200, view(formations.show(user, AppParameter.of(ctx))));
  }

  private void change(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    ScaleRequest request = ScaleBody.read(Json.body(ctx, ObjectNode.class, MAX_BYTES));
    Json.answer(ctx, 200, view(formations.change(user, path, request)));
  }

  /** In the order of the Procfile. */
  private static Map<String, ScaleView> view(FormationService.Planned planned) {
    Map<String, ScaleView> views = new LinkedHashMap<>();
    planned
        .types()
        .commands()
        .forEach((type, command) -> {
          Scale scale = planned.plan().scales().get(type);
          if (scale != null) {
            views.put(
                type,
                new ScaleView(
                    scale.quantity(),
                    scale.size().memory().orElse(null),
                    scale
                        .size()
                        .milliCpu()
                        .map(milli ->
                            new BigDecimal(
                                BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString()))
                        .orElse(null),
                    command));
          }
        });
    return views;
  }
}
