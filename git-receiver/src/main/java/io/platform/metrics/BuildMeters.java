package io.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.platform.domain.BuildStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts how builds end, and times their steps. */
final class BuildMeters {
  static final Duration[] BOUNDS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1)
  };

  private final Map<BuildStatus, Counter> ends = new EnumMap<>(BuildStatus.class);
  private final Map<Step, Timer> steps = new EnumMap<>(Step.class);

  /** The steps of a build that are measured. */
  enum Step {
    /** From the first byte of the push until its source is stored. */
    RECEIVE,
    /** Until its builder is launched. */
    QUEUE,
    /** Until the builder ends. */
    BUILD,
    /** Until the release is live, or not, and the push has its answer. */
    ROLLOUT
  }

  BuildMeters(MeterRegistry registry) {
    for (BuildStatus status : BuildStatus.values()) {
      if (status.ended()) {
        Counter counter =
            Counter.builder(MeterNames.BUILDS)
                .description("Builds that ended, by outcome")
                .tag("outcome", status.word())
                .register(registry);
        ends.put(status, counter);
      }
    }
    for (Step step : Step.values()) {
      Timer timer =
          Timer.builder(MeterNames.BUILD_STEPS)
              .description("How long each step of builds took")
              .tag("step", step.name().toLowerCase(Locale.ROOT))
              .serviceLevelObjectives(BOUNDS)
              .register(registry);
      steps.put(step, timer);
    }
  }

  void end(BuildStatus status) {
    Counter counter = ends.get(status);
    if (counter != null) {
      counter.increment();
    }
  }

  void time(Step step, Duration time) {
    Timer timer = steps.get(step);
    if (timer != null && !time.isNegative()) {
      timer.record(time);
    }
  }
}
