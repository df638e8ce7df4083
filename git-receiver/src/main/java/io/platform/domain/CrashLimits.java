package io.platform.domain;

import java.time.Duration;

/**
 * The limits that say which crashes of one process are events.
 *
 * @param loop at which crash in a row it crashes in a loop; later ones are no events
 * @param calm without a crash for so long, the next one counts as the first; more than the longest
 *     pause between two starts
 */
public record CrashLimits(int loop, Duration calm) {
  /** Refuses what cannot work. */
  public CrashLimits {
    if (loop < 2 || !calm.isPositive()) {
      throw new IllegalArgumentException("a loop has two crashes, and calm is some time");
    }
  }

  /** A loop at the third crash, over after 15 minutes without one. */
  public static CrashLimits defaults() {
    return new CrashLimits(3, Duration.ofMinutes(15));
  }
}
