package io.platform.failure;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.FailureCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReportMismatch;

/**
 * The messages for failures that pushers and API users read: what was tried, why it failed, what to
 * do next. One or more lines, without indentation.
 */
public final class FailureMessages {
  private FailureMessages() {}

  /** Why a build, a release or a deploy failed, or a process of a release is not up. */
  public static String of(FailureCause cause) {
    return switch (cause) {
      case BuildFailureCause build -> BuildCauseMessages.of(build);
      case ReleaseFailureCause release -> ReleaseCauseMessages.of(release);
      case DeployFailureCause deploy -> DeployCauseMessages.of(deploy);
    };
  }

  /** What is wrong with a report, for the builder that sent it. */
  public static String of(ReportMismatch mismatch) {
    return ReportMismatchMessages.of(mismatch);
  }
}
