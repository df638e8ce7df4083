package io.platform.build;

import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;

/** Drives builds to their settlement, each on a thread of its own. */
public interface Supervisor {
  /**
   * Starts to drive an accepted build and returns at once; a build that is driven already is
   * success.
   */
  void supervise(BuildId build);

  /**
   * Ends a build that could not be accepted, and has it settled. An end that cannot be written now
   * is written as soon as it can be, or at the next start.
   *
   * @return whether it is written, and the build is settled in a moment
   */
  boolean giveUp(BuildId build, BuildEnd.Failed why);
}
