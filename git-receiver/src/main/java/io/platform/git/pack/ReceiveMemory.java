package io.platform.git.pack;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits the heap that all receives use together. Each reserves once what it needs at most, after
 * its upload and before it holds anything, so that nobody waits for others while holding a part.
 */
final class ReceiveMemory {
  private static final int UNIT = 1024;
  private static final Duration UNNOTICED = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);

  private final long bytes;
  private final Semaphore free;

  ReceiveMemory(long bytes) {
    this.bytes = bytes;
    this.free = new Semaphore(units(bytes), true);
  }

  private static int units(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, UNIT));
  }

  /** Gives back what was reserved. */
  @FunctionalInterface
  interface Reservation {
    void release();
  }

  /**
   * Waits until there is so much.
   *
   * @param waiting called once where it takes more than a second
   */
  Reservation reserve(long needed, Runnable waiting) throws PackRefused, InterruptedIOException {
    if (needed > bytes) {
      throw new PackRefused(new PackProblem.TooMuchMemory(needed, bytes));
    }
    int units = units(needed);
    try {
      if (!free.tryAcquire(units, UNNOTICED.toMillis(), TimeUnit.MILLISECONDS)) {
        waiting.run();
        if (!free.tryAcquire(units, MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new PackRefused(new PackProblem.NoMemoryLeft());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for memory");
    }
    return () -> free.release(units);
  }
}
