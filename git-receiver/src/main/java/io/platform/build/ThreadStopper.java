package io.platform.build;

import java.time.Duration;

/** Stopping threads that end when they are interrupted. */
final class ThreadStopper {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ThreadStopper() {}

  /** Interrupts a thread and waits a little for its end. */
  static void stop(Thread thread) {
    thread.interrupt();
    try {
      thread.join(LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
