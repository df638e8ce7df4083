package io.platform.receiver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets, and that tells when it was read. */
final class ManualClock implements InstantSource {
  private Instant now = Instant.EPOCH;
  private int reads;

  @Override
  public synchronized Instant instant() {
    reads++;
    notifyAll();
    return now;
  }

  synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  /** Waits until it is read so many more times. */
  synchronized void awaitReads(int more) throws InterruptedException {
    int wanted = reads + more;
    while (reads < wanted) {
      wait();
    }
  }
}
