package io.platform.service;

import io.platform.build.BuildLifecycle;
import io.platform.build.ReportCheck;
import io.platform.build.ReportCheck.Mismatch;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildStatus;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Builds;
import io.platform.service.WorkloadRefused.Refusal;
import io.platform.slug.BuildReport;
import io.platform.slug.StepTimes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Ends builds as their builders report. A report may come again; its answer is the same then. */
public final class BuildReportService {
  private final Apps apps;
  private final BuildLifecycle lifecycle;
  private final ReportCheck check;
  private final Consumer<StepTimes> steps;

  /**
   * For builds of these apps.
   *
   * @param steps gets what each first report says of the builder's steps
   */
  public BuildReportService(
      Apps apps, BuildLifecycle lifecycle, ReportCheck check, Consumer<StepTimes> steps) {
    this.apps = apps;
    this.lifecycle = lifecycle;
    this.check = check;
    this.steps = steps;
  }

  /**
   * Ends the build, unless it has ended.
   *
   * @return the build that has ended as the report says
   * @throws WorkloadRefused where it has not, or the report does not say what is stored
   */
  public Build report(Build build, BuildReport report) throws IOException {
    Build ended = build.status().ended() ? build : end(build, report);
    if (!isEnd(report, ended)) {
      throw new WorkloadRefused(new Refusal.ReportLate(ended));
    }
    return ended;
  }

  private Build end(Build build, BuildReport report) throws IOException {
    Builds.Ended ended = lifecycle.end(build.id(), checked(build, report));
    if (ended.first()) {
      steps.accept(report.steps());
    }
    return ended.build();
  }

  private BuildEnd checked(Build build, BuildReport report) throws IOException {
    App app =
        apps.find(build.app())
            .filter(a -> a.status() == App.Status.ACTIVE)
            .orElseThrow(() -> new WorkloadRefused(new Refusal.AppDestroyed()));
    if (build.status() == BuildStatus.RECEIVING) {
      throw new WorkloadRefused(new Refusal.NotLaunched());
    }
    try {
      return check.check(app, build.id(), report);
    } catch (Mismatch e) {
      throw new WorkloadRefused(new Refusal.ReportWrong(e.mismatch()));
    }
  }

  /** Whether a build has ended as a report says. */
  private static boolean isEnd(BuildReport report, Build build) {
    return switch (report) {
      case BuildReport.Succeeded succeeded -> build.status() == BuildStatus.SUCCEEDED;
      case BuildReport.Failed failed ->
          build.status() == BuildStatus.FAILED
              && build.exitCode().equals(Optional.of(failed.exitCode()));
    };
  }
}
