package io.platform.domain;

import io.platform.slug.SlugProblem;
import java.util.List;
import java.util.Optional;

/** The result of a roll-out. */
public sealed interface RolloutEnd {
  /** It answers, and has the traffic. */
  record Live() implements RolloutEnd {}

  /**
   * It did not come up within the limit. The current release keeps running.
   *
   * @param lastLines the app's last lines, oldest first
   */
  record Failed(ReleaseFailureCause cause, List<String> lastLines) implements RolloutEnd {
    /** Copies the lines. */
    public Failed {
      lastLines = List.copyOf(lastLines);
    }
  }

  /**
   * The end as it is where the runner told why it has no slug: to a runtime, a process that waits
   * for its slug is one that does not listen.
   *
   * @param slugProblem what the runner told last
   */
  default RolloutEnd explainedBy(Optional<SlugProblem> slugProblem) {
    return this instanceof Failed failed && slugProblem.isPresent()
        ? new Failed(new ReleaseFailureCause.SlugNotFetched(slugProblem.get()), failed.lastLines())
        : this;
  }

  /** Another release is wanted now. */
  record Superseded() implements RolloutEnd {}
}
