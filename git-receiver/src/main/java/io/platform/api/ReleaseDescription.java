package io.platform.api;

import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;
import io.platform.failure.AppEventMessages;

/** Describes in words how a release came about. Values of config vars are secrets: names only. */
final class ReleaseDescription {
  private static final int BRIEF = 7;

  private ReleaseDescription() {}

  static String of(ReleaseCause cause) {
    return switch (cause) {
      case ReleaseCause.Deploy(var commit) ->
          commit
              .map(id -> "Deploy " + id.substring(0, Math.min(BRIEF, id.length())))
              .orElse("Deploy");
      case ReleaseCause.ConfigChange(var set, var unset) -> AppEventMessages.configVars(set, unset);
      case ReleaseCause.Rollback(ReleaseVersion to) -> "Rollback to " + to;
    };
  }
}
