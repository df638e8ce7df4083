package io.platform.build;

import java.time.Duration;

/**
 * The times of a push's lease: how often it is renewed, and when it runs out.
 *
 * @param duration how long it may leave its lease unrenewed
 * @param receivers how many may be alive at once
 */
public record LeaseConfig(Duration duration, Receivers receivers) {
  private static final int RENEWALS = 3;

  /** Of {@link SupervisorConfig#lookEvery}, as it is by default. */
  private static final Duration TWO_LOOKS = Duration.ofSeconds(30);

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

  /**
   * By when other receivers have noticed that one is gone: they see its lease for the first time up
   * to a look later, and for the last time up to a look after it has run out.
   */
  public Duration noticedWithin() {
    return duration.plus(TWO_LOOKS);
  }

  /** How often a receiver renews its leases: often enough to miss two renewals. */
  public Duration renewEvery() {
    return duration.dividedBy(RENEWALS);
  }
}
