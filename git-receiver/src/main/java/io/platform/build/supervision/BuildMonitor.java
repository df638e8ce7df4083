package io.platform.build.supervision;

import io.platform.build.BuildLifecycle;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Waits for builds to end, and ends those that exceed a limit or have lost their builder. */
public final class BuildMonitor {
  private static final Duration SILENT = Duration.ofMinutes(5);

  private final Builds builds;
  private final Signals signals;
  private final BuildLifecycle lifecycle;
  private final BuilderStates states;
  private final BuildEndRule rule;
  private final ProgressLog log;
  private final InstantSource steady;
  private final Duration lookEvery;

  /**
   * A monitor of these builds.
   *
   * @param steady a clock that is not set
   * @param lookEvery how often a build is looked at without a signal
   */
  public BuildMonitor(
      Builds builds,
      Signals signals,
      BuildLifecycle lifecycle,
      BuilderStates states,
      BuildEndRule rule,
      ProgressLog log,
      InstantSource steady,
      Duration lookEvery) {
    this.builds = builds;
    this.signals = signals;
    this.lifecycle = lifecycle;
    this.states = states;
    this.rule = rule;
    this.log = log;
    this.steady = steady;
    this.lookEvery = lookEvery;
  }

  /** Waits until the row says that the build has ended. */
  Build awaitEnd(SupervisedBuild supervised) throws InterruptedException, IOException {
    BuildId id = supervised.id();
    while (true) {
      Signals.Ticket ticket = signals.ticket(new Topic.BuildChanged(id));
      Build build = row(id);
      if (build.status().ended()) {
        return build;
      }
      BuilderStates.Sighting seen = states.of(id);
      Instant due = supervised.due(build);
      tell(build, seen, supervised.silence(), due);
      Optional<BuildEnd> end = rule.endOf(build, seen, steady.instant(), due, supervised.silence());
      if (end.isPresent()) {
        lifecycle.end(id, end.get());
      } else {
        ticket.await(untilNextLook(build, seen, supervised.silence(), due));
      }
    }
  }

  private void tell(Build build, BuilderStates.Sighting seen, Silence silence, Instant due) {
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
      Build build, BuilderStates.Sighting seen, Silence silence, Instant due) {
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

  private Build row(BuildId id) {
    return builds
        .find(id)
        .orElseThrow(() -> new IllegalStateException("build %s has no row".formatted(id)));
  }
}
