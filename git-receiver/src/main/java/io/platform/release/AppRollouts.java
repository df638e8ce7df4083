package io.platform.release;

import io.platform.access.WorkloadTokens;
import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.RunSpec;
import java.net.URI;
import java.util.Optional;

/** Rolls releases out in the runtime, and stops apps. */
final class AppRollouts {
  private final AppRuntime runtime;
  private final WorkloadTokens tokens;
  private final BuildLogs logs;
  private final URI platformUrl;

  /**
   * Roll-outs in this runtime.
   *
   * @param platformUrl where runners ask for their slugs
   */
  AppRollouts(AppRuntime runtime, WorkloadTokens tokens, BuildLogs logs, URI platformUrl) {
    this.runtime = runtime;
    this.tokens = tokens;
    this.logs = logs;
    this.platformUrl = platformUrl;
  }

  /** An attempt to bring a release up, which has not begun. */
  RolloutAttempt attempt(App app, Release release) {
    RunSpec spec = new RunSpec(app, release, tokens.forRelease(release.id()), platformUrl);
    return new RolloutAttempt(spec, runtime, logOf(release));
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
