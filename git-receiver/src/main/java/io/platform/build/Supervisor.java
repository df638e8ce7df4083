package io.platform.build;

import io.platform.domain.BuildId;

/** Drives accepted builds to their end, each on a thread of its own. */
public interface Supervisor {
  /**
   * Starts to drive an accepted build and returns at once; a build that is driven already is
   * success.
   */
  void supervise(BuildId build);
}
