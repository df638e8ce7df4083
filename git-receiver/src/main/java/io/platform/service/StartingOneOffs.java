package io.platform.service;

import io.platform.domain.AppId;
import java.util.HashMap;
import java.util.Map;

/** Counts the one-off processes that are being started: an app's list does not have them yet. */
final class StartingOneOffs {
  private final Map<AppId, Integer> byApp = new HashMap<>();

  /** One start, until closed. */
  final class Turn implements AutoCloseable {
    private final AppId app;
    private final int others;

    private Turn(AppId app, int others) {
      this.app = app;
      this.others = others;
    }

    /** How many starts of the app began before and had not ended then. */
    int others() {
      return others;
    }

    @Override
    public void close() {
      end(app);
    }
  }

  synchronized Turn begin(AppId app) {
    int others = byApp.getOrDefault(app, 0);
    byApp.put(app, others + 1);
    return new Turn(app, others);
  }

  private synchronized void end(AppId app) {
    byApp.computeIfPresent(app, (_, count) -> count == 1 ? null : count - 1);
  }
}
