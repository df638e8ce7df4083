package io.platform.proxy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Waits for a count that stops growing: a writer that nobody reads from. */
final class SteadyCount {
  private SteadyCount() {}

  /** The count, once it has been the same for half a second. */
  static long await(AtomicLong count) {
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          long now = count.get();
          return before.getAndSet(now) == now;
        });
    return before.get();
  }
}
