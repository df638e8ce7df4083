package io.platform.persistence.database;

import io.platform.domain.AppId;
import io.platform.domain.port.AppLocks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The locks within one process. These are all that SQLite needs: its file belongs to one receiver,
 * so no other process has locks of its own.
 */
public final class InProcessAppLocks implements AppLocks {
  private static final int ALONE = -1;

  /** How many share an app, or {@link #ALONE}; none where nobody has it. */
  private final Map<AppId, Integer> holders = new HashMap<>();

  /** Nobody has anything. */
  public InProcessAppLocks() {}

  @Override
  public synchronized Held share(AppId app) throws InterruptedException {
    while (holders.getOrDefault(app, 0) == ALONE) {
      wait();
    }
    holders.merge(app, 1, Integer::sum);
    return new Lock(app);
  }

  @Override
  public synchronized Optional<Held> tryAlone(AppId app) {
    return holders.putIfAbsent(app, ALONE) == null ? Optional.of(new Lock(app)) : Optional.empty();
  }

  private synchronized void free(AppId app) {
    holders.computeIfPresent(app, (id, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
    notifyAll();
  }

  private final class Lock implements Held {
    private final AppId app;
    private final AtomicBoolean held = new AtomicBoolean(true);

    Lock(AppId app) {
      this.app = app;
    }

    @Override
    public boolean isHeld() {
      return held.get();
    }

    @Override
    public void close() {
      if (held.getAndSet(false)) {
        free(app);
      }
    }
  }
}
