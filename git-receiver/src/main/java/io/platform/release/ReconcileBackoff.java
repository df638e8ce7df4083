package io.platform.release;

import io.platform.domain.ReleaseVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides when an app is reconciled again: after a failure with growing pauses, otherwise at a
 * regular interval.
 */
final class ReconcileBackoff {
  private static final int MOST_DOUBLINGS = 5;

  private final ReleaseConfig config;
  private final InstantSource clock;
  private Optional<DesiredProcesses> attempted = Optional.empty();
  private Instant since;
  private Instant tried;
  private Instant next;
  private int failures;

  ReconcileBackoff(ReleaseConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.since = clock.instant();
    this.tried = Instant.MIN;
    this.next = since;
  }

  /** These processes are tried now. */
  void attempt(DesiredProcesses wanted) {
    tried = clock.instant();
    if (!isOf(wanted.version())) {
      since = tried;
    }
    if (!isSame(wanted)) {
      attempted = Optional.of(wanted);
      failures = 0;
    }
    next = tried;
  }

  private boolean isSame(DesiredProcesses wanted) {
    return attempted.filter(wanted::equals).isPresent();
  }

  private boolean isOf(ReleaseVersion version) {
    return attempted.map(DesiredProcesses::version).filter(version::equals).isPresent();
  }

  void failed() {
    next =
        clock
            .instant()
            .plus(config.retryAfter().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS)));
    failures++;
  }

  void succeeded() {
    failures = 0;
    next = clock.instant().plus(config.lookEvery());
  }

  /**
   * What runs is to be looked at: at once, or a little after the last attempt where somebody else
   * keeps changing it.
   */
  void disturbed() {
    if (failures == 0) {
      Instant now = clock.instant();
      next = tried.isBefore(now.minus(config.retryAfter())) ? now : tried.plus(config.retryAfter());
    }
  }

  /** Whether it may be tried: other processes at once, the same ones after their delay. */
  boolean attemptIsDue(DesiredProcesses wanted) {
    return !isSame(wanted) || lookIsDue();
  }

  boolean lookIsDue() {
    return !clock.instant().isBefore(next);
  }

  /** How long this version has been tried. */
  Duration triedFor(ReleaseVersion wanted) {
    return isOf(wanted) ? Duration.between(since, clock.instant()) : Duration.ZERO;
  }

  /** The time until something is due; empty where it is due or nothing is planned. */
  Optional<Duration> untilNext() {
    Duration left = Duration.between(clock.instant(), next);
    return left.isPositive() ? Optional.of(left) : Optional.empty();
  }
}
