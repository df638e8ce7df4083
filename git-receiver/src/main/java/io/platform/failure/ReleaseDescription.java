package io.platform.failure;

import io.platform.domain.CommitIds;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;

/** Describes in words how a release came about. Values of config vars are secrets: names only. */
public final class ReleaseDescription {
  private ReleaseDescription() {}

  /** One phrase, without a full stop. */
  public static String of(ReleaseCause cause) {
    return switch (cause) {
      case ReleaseCause.Deploy(var commit) ->
          commit.map(id -> "Deploy " + CommitIds.brief(id)).orElse("Deploy");
      case ReleaseCause.ConfigChange(var set, var unset) -> AppEventMessages.configVars(set, unset);
      case ReleaseCause.Rollback(ReleaseVersion to) -> "Rollback to " + to;
    };
  }
}
