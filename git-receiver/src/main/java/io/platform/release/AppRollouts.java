package io.platform.release;

import io.platform.access.RunSpecs;
import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.buildlog.ReleaseCommandOutput;
import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.Releases;
import io.platform.domain.port.RunSpec;
import java.util.Optional;

/** Rolls releases out in the runtime, and stops apps. */
final class AppRollouts {
  private final ReleaseConfig config;
  private final AppRuntime runtime;
  private final ReleaseCommands commands;
  private final RunSpecs specs;
  private final BuildLogs logs;

  /**
   * Roll-outs in this runtime.
   *
   * @param commands runs the commands of releases
   */
  AppRollouts(
      ReleaseConfig config,
      AppRuntime runtime,
      ReleaseCommands commands,
      RunSpecs specs,
      BuildLogs logs) {
    this.config = config;
    this.runtime = runtime;
    this.commands = commands;
    this.specs = specs;
    this.logs = logs;
  }

  /** What it takes to run a release. */
  RunSpec spec(App app, Release release) {
    return specs.of(app, release);
  }

  /** An attempt to bring a release up, which has not begun. */
  RolloutAttempt attempt(RunSpec spec) {
    return new RolloutAttempt(spec, runtime, logOf(spec.release()));
  }

  /**
   * Starts a command of the release, or follows the one that was started before.
   *
   * @param ended called, on any thread, when it is over
   */
  ReleaseCommandAttempt releaseCommand(
      ReleaseCommandAttempt.Wanted command, Releases releases, Runnable ended) {
    Release release = command.spec().release();
    ReleaseCommandLog log =
        new ReleaseCommandLog(
            release.version(),
            command.kind(),
            logOf(release),
            release
                .build()
                .map(build ->
                    new ReleaseCommandOutput(logs, build, release.version(), command.kind())));
    return new ReleaseCommandAttempt(command, commands, releases, log, config, ended);
  }

  /** Stops a release's command, and returns when nothing of it is left. */
  void stopReleaseCommand(RunSpec spec) throws InterruptedException {
    commands.stop(spec.app(), spec.release().id());
  }

  /** What is pending is followed in the log of its build. */
  private Optional<BuildLog> logOf(Release release) {
    return release
        .build()
        .filter(build -> release.status() == Release.Status.PENDING)
        .map(build -> BuildLogAppender.open(logs, build, Source.DEPLOYER));
  }

  /** Stops an app and removes what runs of it. */
  void remove(App app) throws InterruptedException {
    runtime.remove(app);
  }
}
