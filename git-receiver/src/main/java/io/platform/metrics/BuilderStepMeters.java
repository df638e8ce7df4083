package io.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.platform.slug.Step;
import io.platform.slug.StepTimes;
import java.util.EnumMap;
import java.util.Map;

/** Times the steps within builders, as these report them. */
final class BuilderStepMeters {
  private final Map<Step, Timer> timers = new EnumMap<>(Step.class);

  BuilderStepMeters(MeterRegistry registry) {
    for (Step step : Step.values()) {
      if (step.isOfBuilds()) {
        Timer timer =
            Timer.builder(MeterNames.BUILDER_STEPS)
                .description("How long each step within builders took")
                .tag("step", step.label())
                .serviceLevelObjectives(BuildMeters.BOUNDS)
                .register(registry);
        timers.put(step, timer);
      }
    }
  }

  void record(StepTimes steps) {
    steps
        .times()
        .forEach((step, time) -> {
          Timer timer = timers.get(step);
          if (timer != null) {
            timer.record(time);
          }
        });
  }
}
