package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.AppPath;
import io.platform.domain.RecordedEvent;
import io.platform.domain.port.AppEvents;
import java.util.List;
import java.util.Optional;

/** Showing what happened to apps: who deployed, scaled or configured them, and what crashed. */
public final class EventService {
  private final AppAccess access;
  private final AppEvents events;

  /** For these events. */
  public EventService(AppAccess access, AppEvents events) {
    this.access = access;
    this.events = events;
  }

  /**
   * The newest events of an app, newest first, for all who see it.
   *
   * @param before only those before this one
   */
  public List<RecordedEvent> list(Principal user, AppPath path, Optional<Long> before, int limit) {
    return events.list(access.app(user, path, Role.VIEWER).id(), before, limit);
  }
}
