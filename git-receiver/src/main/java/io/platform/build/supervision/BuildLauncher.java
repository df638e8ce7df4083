package io.platform.build.supervision;

import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Builds;

/** Launches the builders of accepted builds, and stops them. */
public final class BuildLauncher {
  private final Builds builds;
  private final BuildSpecs specs;
  private final BuildRunner runner;
  private final BuilderStates states;
  private final InterruptedBuilds interrupted;

  /** A launcher for these builds. */
  public BuildLauncher(
      Builds builds,
      BuildSpecs specs,
      BuildRunner runner,
      BuilderStates states,
      InterruptedBuilds interrupted) {
    this.builds = builds;
    this.specs = specs;
    this.runner = runner;
    this.states = states;
    this.interrupted = interrupted;
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
      if (!supervised.launched() && interrupted.extend(build, supervised.launchKey())) {
        build = row(build.id());
      }
      supervised.beginCountdown(build);
      runner.launch(specs.of(build));
      supervised.setLaunched();
    }
    builds.running(build.id());
  }

  /** A builder that succeeded ends by itself; any other is stopped before the pusher is told. */
  void stop(Build ended) {
    if (ended.status() != BuildStatus.SUCCEEDED && wasAccepted(ended)) {
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
