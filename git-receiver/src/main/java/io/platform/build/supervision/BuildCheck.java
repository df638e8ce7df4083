package io.platform.build.supervision;

import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Checks a running build once: writes its progress into its log, and decides whether it ends or
 * when it is checked again.
 */
public final class BuildCheck {
  private static final Duration SILENT = Duration.ofMinutes(5);

  private final BuildEndRule rule;
  private final ProgressLog log;
  private final InstantSource steady;
  private final Duration lookEvery;

  /**
   * A check by this rule.
   *
   * @param steady a clock that is not set
   * @param lookEvery how often a build is checked without a signal
   */
  public BuildCheck(BuildEndRule rule, ProgressLog log, InstantSource steady, Duration lookEvery) {
    this.rule = rule;
    this.log = log;
    this.steady = steady;
    this.lookEvery = lookEvery;
  }

  /** What follows from a check. */
  sealed interface Result {
    /** The build ends like this. */
    record Ends(BuildEnd end) implements Result {}

    /** The build goes on; it is checked again after this time, or when something changes. */
    record Continues(Duration nextCheck) implements Result {}
  }

  Result check(Build build, BuilderStates.State seen, SupervisedBuild supervised)
      throws IOException {
    Instant due = supervised.due(build);
    Silence silence = supervised.silence();
    tell(build, seen, silence, due);
    Optional<BuildEnd> end = rule.endOf(build, seen, steady.instant(), due, silence);
    return end.isPresent()
        ? new Result.Ends(end.get())
        : new Result.Continues(untilNextLook(build, seen, silence, due));
  }

  private void tell(Build build, BuilderStates.State seen, Silence silence, Instant due) {
    log.noticed(build.id(), seen.notices());
    if (seen.started()) {
      log.silent(build, silence, limitOf(build), Duration.between(steady.instant(), due));
    }
  }

  /** Half of what the build may take, where that is not long. */
  private static Duration limitOf(Build build) {
    Duration half = build.allowedTime().map(time -> time.dividedBy(2)).orElse(SILENT);
    return half.compareTo(SILENT) < 0 ? half : SILENT;
  }

  private Duration untilNextLook(
      Build build, BuilderStates.State seen, Silence silence, Instant due) {
    Instant now = steady.instant();
    Instant next = now.plus(lookEvery);
    next = earlier(next, due);
    next = earlier(next, silence.due(limitOf(build)));
    if (seen.exit().isPresent()) {
      next = earlier(next, rule.lostAt(seen.exit().get()));
    }
    Duration left = Duration.between(now, next);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
