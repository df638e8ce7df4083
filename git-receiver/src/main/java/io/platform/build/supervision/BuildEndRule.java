package io.platform.build.supervision;

import io.platform.build.ReportCheck;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuilderEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a build must end without a report of its builder, and how. */
public final class BuildEndRule {
  private final Apps apps;
  private final ReportCheck reports;
  private final Duration lostAfter;

  /**
   * A rule.
   *
   * @param lostAfter how long a builder that ended without a word may still be seenAt of
   */
  public BuildEndRule(Apps apps, ReportCheck reports, Duration lostAfter) {
    this.apps = apps;
    this.reports = reports;
    this.lostAfter = lostAfter;
  }

  /**
   * How the build ends now, where it does.
   *
   * @param due when its time is over, by the clock of {@code now}
   * @param silence how long its builder has written nothing
   */
  Optional<BuildEnd> endOf(
      Build build, BuilderStates.State seen, Instant now, Instant due, Silence silence)
      throws IOException {
    App app =
        apps.find(build.app())
            .orElseThrow(
                () -> new IllegalStateException("app %s has no row".formatted(build.app())));
    if (app.status() != App.Status.ACTIVE) {
      return Optional.of(new BuildEnd.Failed(new BuildFailureCause.AppDestroyed()));
    }
    if (!now.isBefore(due)) {
      Duration silent = silence.reported() ? silence.lasts() : Duration.ZERO;
      return Optional.of(new BuildEnd.TimedOut(build.allowedTime().orElse(Duration.ZERO), silent));
    }
    return seen.exit().isPresent() ? endOf(app, build, seen.exit().get(), now) : Optional.empty();
  }

  private Optional<BuildEnd> endOf(App app, Build build, BuilderStates.Ended exit, Instant now)
      throws IOException {
    return switch (exit.event()) {
      case BuilderEvent.LaunchFailed(var _, var cause) -> Optional.of(new BuildEnd.Failed(cause));
      case BuilderEvent.Exited exited ->
          exited.report().isPresent() || exited.exitCode() != 0
              ? Optional.of(endOf(app, build, exited))
              : lost(exit, now);
    };
  }

  private BuildEnd endOf(App app, Build build, BuilderEvent.Exited exited) throws IOException {
    if (exited.report().isEmpty()) {
      return new BuildEnd.Failed(new BuildFailureCause.Exited(exited.exitCode(), exited.detail()));
    }
    try {
      return reports.check(app, build.id(), exited.report().get());
    } catch (ReportCheck.Mismatch e) {
      return new BuildEnd.Failed(new BuildFailureCause.ReportUnusable(e.mismatch()));
    }
  }

  private Optional<BuildEnd> lost(BuilderStates.Ended exit, Instant now) {
    return now.isBefore(lostAt(exit))
        ? Optional.empty()
        : Optional.of(new BuildEnd.Failed(new BuildFailureCause.ResultLost()));
  }

  /** When a builder that ended without a word is given up. */
  Instant lostAt(BuilderStates.Ended exit) {
    return exit.seenAt().plus(lostAfter);
  }
}
