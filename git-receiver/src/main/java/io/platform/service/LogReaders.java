package io.platform.service;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts those who read logs now. */
final class LogReaders {
  private final LogReaderLimits limits;
  private final Map<String, Integer> users = new HashMap<>();
  private int together;

  LogReaders(LogReaderLimits limits) {
    this.limits = limits;
  }

  /** The place of one reader, until closed. */
  final class Place implements AutoCloseable {
    private final String user;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Place(String user) {
      this.user = user;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        leave(user);
      }
    }
  }

  /** Takes a place, or refuses. */
  synchronized Place enter(String user) {
    if (users.getOrDefault(user, 0) >= limits.perUser()) {
      throw new RequestRefused(
          RequestRefused.Reason.TOO_MANY,
          "You read as many logs at the same time as one user may (%d). End one, and try again."
              .formatted(limits.perUser()));
    }
    if (together >= limits.together()) {
      throw new RequestRefused(
          RequestRefused.Reason.TOO_MANY,
          "As many logs are read at the same time as this server allows (%d). Try again later."
              .formatted(limits.together()));
    }
    users.merge(user, 1, Integer::sum);
    together++;
    return new Place(user);
  }

  private synchronized void leave(String user) {
    users.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    together--;
  }
}
