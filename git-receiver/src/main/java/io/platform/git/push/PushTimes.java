package io.platform.git.push;

import java.time.Duration;

/**
 * Time limits for a push.
 *
 * @param whole from the request to its answer
 * @param storeRetryTime how long storing the source waits for an object store that does not answer
 * @param bytesPerSecond what an upload must bring, averaged over a minute of waiting for it
 */
public record PushTimes(Duration whole, Duration storeRetryTime, int bytesPerSecond) {
  /** Times in which nothing can be pushed are mistakes. */
  public PushTimes {
    if (!whole.isPositive() || storeRetryTime.isNegative() || bytesPerSecond < 0) {
      throw new IllegalArgumentException("a time of a push is not positive");
    }
  }

  /**
   * Two hours, which are enough for the largest pack (4 GiB) at 1 MiB a second and for the longest
   * build (30 minutes) after it; two minutes for an object store that restarts; 1 KiB a second,
   * which a modem passes.
   */
  public static PushTimes defaults() {
    return new PushTimes(Duration.ofHours(2), Duration.ofMinutes(2), 1024);
  }
}
