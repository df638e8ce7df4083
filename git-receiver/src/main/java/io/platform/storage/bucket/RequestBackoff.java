package io.platform.storage.bucket;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The pauses between the attempts at one request: they double, and are random below that. */
final class RequestBackoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final int MOST_DOUBLINGS = 20;

  private final int attempts;
  private final Duration most;

  RequestBackoff(RequestLimits limits) {
    this.attempts = limits.attempts();
    this.most = limits.mostPause();
  }

  /** Whether there is another attempt after so many failures. */
  boolean another(int failures) {
    return failures < attempts;
  }

  /** Waits, after so many failures. */
  void before(int failures) throws InterruptedException {
    long bound = FIRST.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    Thread.sleep(ThreadLocalRandom.current().nextLong(Math.min(bound, most.toMillis()) + 1));
  }
}
