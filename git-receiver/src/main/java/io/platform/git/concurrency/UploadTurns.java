package io.platform.git.concurrency;

import java.time.Duration;

/**
 * Limits how many packs are received at once. Few of them compute; most wait for their client.
 *
 * @param concurrent how many at once
 * @param perUser how many of them for one user
 * @param waiting how many more may wait for their turn
 * @param maxWait how long one waits for its turn
 */
public record UploadTurns(int concurrent, int perUser, int waiting, Duration maxWait) {

  /** Numbers below one are mistakes. */
  public UploadTurns {
    if (concurrent < 1 || perUser < 1 || waiting < 1 || !maxWait.isPositive()) {
      throw new IllegalArgumentException("a limit of uploads is below 1");
    }
  }

  /** 64, half of them for one user, 64 that wait for 30 seconds. */
  public static UploadTurns defaults() {
    return new UploadTurns(64, 32, 64, Duration.ofSeconds(30));
  }

  /** With another share of one user. */
  public UploadTurns withPerUser(int other) {
    return new UploadTurns(concurrent, other, waiting, maxWait);
  }
}
