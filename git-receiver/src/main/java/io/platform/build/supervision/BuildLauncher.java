package io.platform.build.supervision;

import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Builds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Launches the builders of accepted builds, and stops them. */
public final class BuildLauncher {
  private final Builds builds;
  private final BuildSpecs specs;
  private final BuildRunner runner;
  private final BuilderStates states;
  private final ProgressLog log;
  private final InstantSource clock;
  private final Duration buildTime;

  /**
   * A launcher for these builds.
   *
   * @param buildTime how long a build may take that begins again
   */
  public BuildLauncher(
      Builds builds,
      BuildSpecs specs,
      BuildRunner runner,
      BuilderStates states,
      ProgressLog log,
      InstantSource clock,
      Duration buildTime) {
    this.builds = builds;
    this.specs = specs;
    this.runner = runner;
    this.states = states;
    this.log = log;
    this.clock = clock;
    this.buildTime = buildTime;
  }

  /**
   * Launches the builder, unless it was launched or the build has ended.
   *
   * @throws BuildRunner.LaunchFailed where no builder can be launched
   */
  void launch(SupervisedBuild supervised) throws BuildRunner.LaunchFailed {
    Build build = row(supervised.id());
    if (build.status().ended()) {
      return;
    }
    if (!states.of(build.id()).started()) {
      if (!supervised.launched()) {
        build = begunAgain(build, supervised.launchKey());
      }
      supervised.beginCountdown(build);
      runner.launch(specs.of(build));
      supervised.setLaunched();
    }
    builds.running(build.id());
  }

  /** A build that a restart broke off, or kept from beginning, gets its whole time again. */
  private Build begunAgain(Build build, String launchKey) {
    Instant now = clock.instant();
    boolean brokenOff = build.status() == Build.Status.RUNNING;
    if (brokenOff) {
      log.launchedAgain(build.id(), launchKey);
    }
    if (brokenOff || !now.isBefore(build.deadline().orElse(Instant.MAX))) {
      builds.extend(build.id(), now.plus(buildTime));
    }
    return row(build.id());
  }

  /** A builder that succeeded ends by itself; any other is stopped before the pusher is told. */
  void stop(Build ended) {
    if (ended.status() != Build.Status.SUCCEEDED && wasAccepted(ended)) {
      runner.cancel(ended.id());
    }
  }

  /** Removes what is left of the builder. */
  void remove(Build ended) {
    if (wasAccepted(ended)) {
      runner.cancel(ended.id());
      states.forget(ended.id());
    }
  }

  /** Otherwise there never was a builder. */
  private static boolean wasAccepted(Build build) {
    return build.deadline().isPresent();
  }

  private Build row(BuildId id) {
    return builds
        .find(id)
        .orElseThrow(() -> new IllegalStateException("build %s has no row".formatted(id)));
  }
}
