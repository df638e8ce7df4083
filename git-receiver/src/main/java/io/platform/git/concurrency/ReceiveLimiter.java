package io.platform.git.concurrency;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many pushes are unpacked at once, because unpacking uses the processor and would slow
 * down everything else.
 */
public final class ReceiveLimiter {
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private final Semaphore permits;

  public ReceiveLimiter(int permits) {
    this.permits = new Semaphore(permits, true);
  }

  /**
   * Waits for a turn.
   *
   * @param waiting called once where it takes more than a second
   */
  void enter(Runnable waiting) throws InterruptedException {
    if (!permits.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      waiting.run();
      permits.acquire();
    }
  }

  void leave() {
    permits.release();
  }
}
