package io.platform.receiver.build;

import java.time.Duration;

/** Stopping threads that end when they are interrupted. */
final class Threads {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Threads() {}

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
