package io.platform.receiver.source;

import io.platform.slug.PathBytes;

/** Counts the work of matching patterns, and ends it where it is too much. */
final class Steps {
  private static final PathBytes TREE = PathBytes.of("");

  private final long most;
  private long taken;
  private PathBytes path = TREE;

  Steps(long most) {
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
