package io.platform.build.supervision;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Measures the time that is left until a stored deadline, from the first look at it on, by a clock
 * that is not set.
 */
final class Countdown {
  private final InstantSource clock;
  private final InstantSource steady;
  private Instant deadline = Instant.MIN;
  private Instant due = Instant.MIN;

  Countdown(InstantSource clock, InstantSource steady) {
    this.clock = clock;
    this.steady = steady;
  }

  /** Counts from now on, also where somebody sets the clock before the next look. */
  void begin(Instant stored) {
    if (!stored.equals(Instant.MAX)) {
      due(stored);
    }
  }

  /** When the steady clock shows that a deadline, told by the other one, has come. */
  Instant due(Instant stored) {
    if (!stored.equals(deadline)) {
      deadline = stored;
      due = steady.instant().plus(Duration.between(clock.instant(), stored));
    }
    return due;
  }
}
