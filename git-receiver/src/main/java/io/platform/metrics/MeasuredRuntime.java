package io.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessCrash;
import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RolloutLog;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures how roll-outs end, and how long they took. What came up before and only comes up again,
 * as after a restart or a failed roll-out, is none.
 */
final class MeasuredRuntime implements AppRuntime {
  private static final String LIVE = "live";
  private static final String FAILED = "failed";
  private static final String SUPERSEDED = "superseded";
  private static final Duration[] BOUNDS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private final AppRuntime runtime;
  private final Map<String, Timer> timers;

  MeasuredRuntime(AppRuntime runtime, MeterRegistry registry) {
    this.runtime = runtime;
    this.timers =
        Stream.of(LIVE, FAILED, SUPERSEDED)
            .collect(Collectors.toMap(Function.identity(), outcome -> timer(registry, outcome)));
  }

  private static Timer timer(MeterRegistry registry, String outcome) {
    return Timer.builder(MeterNames.ROLLOUTS)
        .description("Roll-outs of releases by outcome, with their duration")
        .tag("outcome", outcome)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  @Override
  public Rollout apply(RunSpec spec) {
    Rollout rollout = runtime.apply(spec);
    return spec.release().status() == Release.Status.PENDING
        ? log -> measured(rollout, log)
        : rollout;
  }

  private RolloutEnd measured(Rollout rollout, RolloutLog log) throws InterruptedException {
    long begin = System.nanoTime();
    RolloutEnd end = rollout.await(log);
    Timer timer = timers.get(outcome(end));
    if (timer != null) {
      timer.record(Duration.ofNanos(System.nanoTime() - begin));
    }
    return end;
  }

  private static String outcome(RolloutEnd end) {
    return switch (end) {
      case RolloutEnd.Live live -> LIVE;
      case RolloutEnd.Failed failed -> FAILED;
      case RolloutEnd.Superseded superseded -> SUPERSEDED;
    };
  }

  @Override
  public Subscription watch(Consumer<AppId> consumer) {
    return runtime.watch(consumer);
  }

  @Override
  public Subscription watchCrashes(Consumer<ProcessCrash> consumer) {
    return runtime.watchCrashes(consumer);
  }

  @Override
  public void remove(App app) throws InterruptedException {
    runtime.remove(app);
  }
}
