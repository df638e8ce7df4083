package io.platform.release;

import io.platform.buildlog.BuildLog;
import io.platform.domain.ProcessPlan;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RunSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One attempt to roll a release out; waits on a thread of its own, so that a newer release can
 * replace it.
 */
final class RolloutAttempt {
  private final RunSpec spec;
  private final AppRuntime runtime;
  private final Optional<BuildLog> log;
  private Optional<FutureTask<RolloutEnd>> end = Optional.empty();

  /** The state of an attempt. */
  sealed interface Result {
    /** No end yet. */
    record Running() implements Result {}

    /** The runtime said how it ended. */
    record Ended(RolloutEnd end) implements Result {}

    /** The runtime failed itself. */
    record Broken(Throwable cause) implements Result {}
  }

  /**
   * An attempt that has not begun.
   *
   * @param log of the release's build, where somebody follows it
   */
  RolloutAttempt(RunSpec spec, AppRuntime runtime, Optional<BuildLog> log) {
    this.spec = spec;
    this.runtime = runtime;
    this.log = log;
  }

  /**
   * Applies the release, and begins to wait for its end.
   *
   * @param ended called when {@link #result} has changed
   * @throws RuntimeException of the runtime, where it could not be applied
   */
  void begin(Runnable ended) {
    log.ifPresent(it -> it.rolloutStarted(version()));
    Rollout rollout = runtime.apply(spec);
    FutureTask<RolloutEnd> wait =
        new FutureTask<>(() ->
            rollout.await(
                (key, notice) -> log.ifPresent(it -> it.rolloutNoticed(version(), key, notice)))) {
          @Override
          protected void done() {
            ended.run();
          }
        };
    end = Optional.of(wait);
    Thread.ofVirtual().name("rollout-" + spec.app().path() + "-" + version()).start(wait);
  }

  /** What it brings up. */
  DesiredProcesses processes() {
    return DesiredProcesses.of(spec.app(), spec.release());
  }

  RunSpec spec() {
    return spec;
  }

  ReleaseVersion version() {
    return spec.release().version();
  }

  ReleaseId release() {
    return spec.release().id();
  }

  boolean isOf(Release release) {
    return spec.release().id().equals(release.id());
  }

  /** Whether somebody waits for the end, which has yet to be written. */
  boolean pending() {
    return spec.release().status() == Release.Status.PENDING;
  }

  Result result() {
    if (end.isEmpty() || !end.get().isDone()) {
      return new Result.Running();
    }
    try {
      return new Result.Ended(end.get().get());
    } catch (ExecutionException e) {
      return new Result.Broken(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Running();
    }
  }

  /** Writes what a pusher should know of the end. */
  void log(RolloutEnd rolloutEnd) {
    switch (rolloutEnd) {
      case RolloutEnd.Live() -> logTypesAtZero();
      case RolloutEnd.Failed(var cause, var lastLines) ->
          log.ifPresent(it -> it.appOutput(version(), lastLines));
      case RolloutEnd.Superseded() -> {}
    }
  }

  private void logTypesAtZero() {
    ProcessPlan plan = ProcessPlan.of(spec.app().formation(), spec.release().processTypes());
    List<String> none =
        spec.release().processTypes().names().stream()
            .filter(type -> plan.scales().containsKey(type) && plan.quantity(type) == 0)
            .toList();
    if (!none.isEmpty()) {
      log.ifPresent(it -> it.typesAtZero(version(), none));
    }
  }

  void stopWaiting() {
    end.ifPresent(wait -> wait.cancel(true));
  }
}
