package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import io.platform.domain.AppPath;
import io.platform.domain.RecordedEvent;
import io.platform.failure.AppEventMessages;
import io.platform.service.EventService;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RouteGroup that list the events of an app. */
final class EventRoutes implements RouteGroup {
  static final String EVENTS = AppParameter.APP + "/events";

  private static final int MAX_LIMIT = 1000;
  private static final long NO_BEFORE = 0;

  private final UserAuthentication users;
  private final EventService events;

  EventRoutes(UserAuthentication users, EventService events) {
    this.users = users;
    this.events = events;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(EVENTS, this::list);
  }

  /** An event; no user means the platform itself. */
  record EventView(
      long id, Instant createdAt, @Nullable String user, String kind, String description) {
    static EventView of(RecordedEvent recorded) {
      return new EventView(
          recorded.id(),
          recorded.at(),
          recorded.by().orElse(null),
          recorded.event().kind().word(),
          AppEventMessages.of(recorded.event()));
    }
  }

  private void list(Context ctx) {
    Principal user = users.user(ctx);
    AppPath path = AppParameter.of(ctx);
    int limit = (int) QueryParameters.number(ctx, "limit", 50, 1, MAX_LIMIT);
    long before = QueryParameters.number(ctx, "before", NO_BEFORE, 1, Long.MAX_VALUE);
    Json.answer(
        ctx,
        200,
        events
            .list(user, path, before == NO_BEFORE ? Optional.empty() : Optional.of(before), limit)
            .stream()
            .map(EventView::of)
            .toList());
  }
}
