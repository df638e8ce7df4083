package io.platform.kubernetes.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules one task for each key; runs tasks on threads of their own. */
public final class KeyedTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyedTimer.class);

  private final Map<String, Future<?>> planned = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster-timer").factory());

  /** Plans it, unless something is planned under the key. */
  public synchronized void in(Duration wait, String key, Runnable action) {
    if (clock.isShutdown() || planned.containsKey(key)) {
      return;
    }
    planned.put(
        key,
        clock.schedule(
            () -> {
              forget(key);
              Thread.ofVirtual().name(key).start(() -> run(key, action));
            },
            Math.max(0, wait.toMillis()),
            TimeUnit.MILLISECONDS));
  }

  /** It is not to be done any more. */
  public synchronized void cancel(String key) {
    Future<?> task = planned.remove(key);
    if (task != null) {
      task.cancel(false);
    }
  }

  private synchronized void forget(String key) {
    planned.remove(key);
  }

  private static void run(String key, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("{} failed", key, e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
