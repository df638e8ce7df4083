package io.platform.failure;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.FailureCause;
import io.platform.domain.ReportMismatch;

/**
 * What pushers and users of the API read of a failure: what was tried, why it failed, what to do
 * next. One or more lines, without indentation.
 */
public final class FailureMessages {
  private FailureMessages() {}

  /** Why a build or a release failed. */
  public static String of(FailureCause cause) {
    return switch (cause) {
      case BuildFailureCause build -> BuildCauseMessages.of(build);
    };
  }

  /** What is wrong with a report, for the builder that sent it. */
  public static String of(ReportMismatch mismatch) {
    return ReportMismatchMessages.of(mismatch);
  }
}
