package io.platform.process.log;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Wakes those who follow a log when it has grown, or has gone. */
final class AppendSignal {
  private long count;
  private long files;
  private boolean ended;

  /** How often it was raised so far: taken before the files are read. */
  synchronized long count() {
    return count;
  }

  /**
   * It has grown.
   *
   * @param begun how many files were begun so far
   */
  synchronized void raise(long begun) {
    count++;
    files = begun;
    notifyAll();
  }

  /** How many files were begun so far. */
  synchronized long files() {
    return files;
  }

  /** Nothing is written any more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized boolean ended() {
    return ended;
  }

  /** Whether it was raised more often than that, or has ended; waits for it at most so long. */
  synchronized boolean await(long seen, Duration limit) throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos();
        count == seen && !ended && left > 0;
        left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return count != seen || ended;
  }
}
