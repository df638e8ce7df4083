package io.platform.build;

import java.time.Duration;

/**
 * When a receiver of a push counts as dead.
 *
 * @param duration how long it may leave its lease unrenewed
 * @param receivers how many may be alive at once
 */
public record LeaseConfig(Duration duration, Receivers receivers) {
  private static final int RENEWALS = 3;

  /** How many receivers may be alive on one database. */
  public enum Receivers {
    /** One: what another one received at its start has nobody any more. */
    ONE,
    /** Several: only a lease that runs out shows that its holder is gone. */
    SEVERAL
  }

  /** Refuses what cannot work. */
  public LeaseConfig {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("duration is more than nothing");
    }
  }

  /** 30 s, and several receivers. */
  public static LeaseConfig defaults() {
    return new LeaseConfig(Duration.ofSeconds(30), Receivers.SEVERAL);
  }

  /** How often a receiver renews its leases: often enough to miss two renewals. */
  public Duration renewEvery() {
    return duration.dividedBy(RENEWALS);
  }
}
