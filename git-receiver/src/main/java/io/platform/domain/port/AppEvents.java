package io.platform.domain.port;

import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.RecordedEvent;
import java.util.List;
import java.util.Optional;

/**
 * The store of what happened to apps. The newest events of each app are kept. The other stores
 * record what they change together with the change. Each event raises {@link Topic.AppChanged}.
 */
public interface AppEvents {
  /**
   * Records an event; does nothing where the app has gone.
   *
   * @param by who did it (e-mail); empty for the platform
   */
  void record(AppId app, Optional<String> by, AppEvent event);

  /**
   * The newest events, newest first.
   *
   * @param before only those before this one
   */
  List<RecordedEvent> list(AppId app, Optional<Long> before, int limit);

  /**
   * The events after one, oldest first. Who follows takes a ticket of {@link Signals} first, and
   * goes on after the last id that it got: it misses none.
   *
   * @param after 0 for all that are kept
   */
  List<RecordedEvent> since(AppId app, long after, int limit);
}
