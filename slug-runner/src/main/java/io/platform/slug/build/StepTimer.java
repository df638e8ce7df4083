package io.platform.slug.build;

import io.platform.slug.SteadyClock;
import io.platform.slug.Step;
import io.platform.slug.StepTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Measures the steps of a build, one after the other; setting up is the first. */
final class StepTimer {
  private final Map<Step, Duration> times = new EnumMap<>(Step.class);
  private Step step = Step.SETUP;
  private Instant begin = SteadyClock.now();

  /** The step that the build is in. */
  Step step() {
    return step;
  }

  /** Ends the step that is measured, and begins another, or the same again. */
  void enter(Step next) {
    Instant now = SteadyClock.now();
    times.merge(step, Duration.between(begin, now), Duration::plus);
    step = next;
    begin = now;
  }

  /** What was measured until now, the step of this moment included. */
  StepTimes times() {
    enter(step);
    return new StepTimes(times);
  }
}
