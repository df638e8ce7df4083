package io.platform.api;

import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;
import java.util.ArrayList;
import java.util.List;

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
      case ReleaseCause.ConfigChange change -> of(change);
      case ReleaseCause.Rollback(ReleaseVersion to) -> "Rollback to " + to;
    };
  }

  private static String of(ReleaseCause.ConfigChange change) {
    List<String> parts = new ArrayList<>();
    if (!change.set().isEmpty()) {
      parts.add("Set " + String.join(", ", change.set()));
    }
    if (!change.unset().isEmpty()) {
      parts.add((parts.isEmpty() ? "Unset " : "unset ") + String.join(", ", change.unset()));
    }
    return String.join(" and ", parts) + " config vars";
  }
}
