package io.platform.git.source;

import io.platform.domain.SourceFault;
import io.platform.slug.archive.PathBytes;

/** Limits the work of matching patterns. */
final class MatchBudget {
  private static final PathBytes TREE = PathBytes.of("");

  private final long most;
  private long taken;
  private PathBytes path = TREE;

  MatchBudget(long most) {
    this.most = most;
  }

  /** Says what is matched now. */
  void at(PathBytes now) {
    path = now;
  }

  void take(long steps) throws SourceFaultsException {
    taken += steps;
    if (taken > most) {
      throw SourceFaultsException.over(SourceFault.Limit.ATTRIBUTES_STEPS, most, path.quoted());
    }
  }
}
