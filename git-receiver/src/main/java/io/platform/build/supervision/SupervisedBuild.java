package io.platform.build.supervision;

import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The state of a supervised build that is not in its row. Used by one thread. */
final class SupervisedBuild {
  private final BuildId id;
  private final Optional<BuildEnd.Failed> refusal;
  private final String launchKey;
  private final Countdown countdown;
  private final Silence silence;
  private boolean launched;

  /**
   * A build that this process begins to drive.
   *
   * @param refusal how it ends, where it was not accepted
   * @param clock the time of day, for what is stored
   * @param steady for waits: it is not set
   */
  SupervisedBuild(
      BuildId id, Optional<BuildEnd.Failed> refusal, InstantSource clock, InstantSource steady) {
    this.id = id;
    this.refusal = refusal;
    this.launchKey = "launch/" + Ids.next(clock.instant());
    this.countdown = new Countdown(clock, steady);
    this.silence = new Silence(steady);
  }

  BuildId id() {
    return id;
  }

  Optional<BuildEnd.Failed> refusal() {
    return refusal;
  }

  /** Names the launch by this process in the build's log. */
  String launchKey() {
    return launchKey;
  }

  Silence silence() {
    return silence;
  }

  /** Whether this process launched the builder. */
  boolean launched() {
    return launched;
  }

  void setLaunched() {
    launched = true;
  }

  /** Counts the build's time from now on. */
  void beginCountdown(Build build) {
    build.deadline().ifPresent(deadline -> countdown.begin(deadline, build.allowedTime()));
  }

  /** When the steady clock shows that the deadline has come. */
  Instant due(Build build) {
    return build
        .deadline()
        .map(deadline -> countdown.due(deadline, build.allowedTime()))
        .orElse(Instant.MAX);
  }
}
