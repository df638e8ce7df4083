package io.platform.build.supervision;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Measures the time that is left until a stored deadline, from the first look at it on, by a clock
 * that is not set. The deadline may be by another machine's clock: where that is ahead of this
 * one's, no more is left than the build may take at all.
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
  void begin(Instant stored, Optional<Duration> whole) {
    if (!stored.equals(Instant.MAX)) {
      due(stored, whole);
    }
  }

  /**
   * When the steady clock shows that a deadline, told by the other one, has come.
   *
   * @param whole what the build may take from its creation on
   */
  Instant due(Instant stored, Optional<Duration> whole) {
    if (!stored.equals(deadline)) {
      deadline = stored;
      Duration left = Duration.between(clock.instant(), stored);
      due = steady.instant().plus(whole.filter(most -> most.compareTo(left) < 0).orElse(left));
    }
    return due;
  }
}
