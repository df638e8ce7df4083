package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.AppPath;
import io.platform.domain.DrainUrl;
import io.platform.domain.LogDrain;
import io.platform.service.DrainService;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Log drains: shown, added and removed. URLs that hold credentials are shown without them. */
final class DrainRoutes implements RouteGroup {
  static final String DRAINS = AppParameter.APP + "/drains";

  private static final int MAX_BYTES = 4 * DrainUrl.LONGEST;

  private final UserAuthentication users;
  private final DrainService drains;

  DrainRoutes(UserAuthentication users, DrainService drains) {
    this.users = users;
    this.drains = drains;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(DRAINS, this::list);
    routes.post(DRAINS, this::add);
    routes.post(DRAINS + "/remove", this::remove);
  }

  /** A drain. */
  record DrainView(
      String id,
      String url,
      String addedBy,
      Instant addedAt,
      long delivered,
      long dropped,
      @Nullable Instant deliveredAt,
      @Nullable String problem) {
    static DrainView of(LogDrain drain) {
      LogDrain.Progress progress = drain.progress();
      return new DrainView(
          drain.id().value(),
          drain.url().masked(),
          drain.addedBy(),
          drain.addedAt(),
          progress.delivered(),
          progress.dropped() + progress.dropping(),
          progress.deliveredAt().orElse(null),
          progress.problem().orElse(null));
    }
  }

  /** The body of a request to add a drain. */
  record NewDrain(@Nullable String url) {}

  /** The body of a request to remove a drain: its id or its URL. */
  record NamedDrain(@Nullable String drain) {}

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    Json.answer(
        ctx, 200, drains.list(user, AppParameter.of(ctx)).stream().map(DrainView::of).toList());
  }

  private void add(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    String url = member(Json.body(ctx, NewDrain.class, MAX_BYTES).url(), "url");
    Json.answer(ctx, 201, DrainView.of(drains.add(user, path, url)));
  }

  private void remove(Context ctx) throws IOException {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    String drain = member(Json.body(ctx, NamedDrain.class, MAX_BYTES).drain(), "drain");
    Json.answer(ctx, 200, DrainView.of(drains.remove(user, path, drain)));
  }

  private static String member(@Nullable String value, String name) {
    return Optional.ofNullable(value)
        .orElseThrow(() -> new Problem(422, "The request's body has no %s.".formatted(name)));
  }
}
