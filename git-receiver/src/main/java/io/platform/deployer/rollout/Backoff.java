package io.platform.deployer.rollout;

import io.platform.app.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When an app is looked at again: soon after a failure, then ever later, and from time to time when
 * all is well.
 */
final class Backoff {
  private static final int MOST_DOUBLINGS = 5;

  private final DeployerConfig config;
  private final InstantSource clock;
  private Optional<Version> version = Optional.empty();
  private Instant since;
  private Instant next;
  private int failures;

  Backoff(DeployerConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.since = clock.instant();
    this.next = since;
  }

  /** A version is tried now. */
  void attempt(Version tried) {
    if (!version.equals(Optional.of(tried))) {
      version = Optional.of(tried);
      since = clock.instant();
      failures = 0;
    }
    next = clock.instant();
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

  /** Whether it may be tried: another version at once, the same one after its delay. */
  boolean attemptIsDue(Version wanted) {
    return !version.equals(Optional.of(wanted)) || lookIsDue();
  }

  boolean lookIsDue() {
    return !clock.instant().isBefore(next);
  }

  /** How long this version has been tried. */
  Duration triedFor(Version tried) {
    return version.equals(Optional.of(tried))
        ? Duration.between(since, clock.instant())
        : Duration.ZERO;
  }

  /** The time until something is due; empty where it is due or nothing is planned. */
  Optional<Duration> untilNext() {
    Duration left = Duration.between(clock.instant(), next);
    return left.isPositive() ? Optional.of(left) : Optional.empty();
  }
}
