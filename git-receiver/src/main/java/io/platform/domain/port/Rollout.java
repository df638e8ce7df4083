package io.platform.domain.port;

import io.platform.domain.RolloutEnd;

/** A release on its way to where it is wanted. */
public interface Rollout {
  /**
   * Waits until the release answers and has the traffic (then what ran before is stopped), or
   * failed (then what ran before goes on, and the failed one ends at the latest when that is
   * applied again), or is superseded by another {@link AppRuntime#apply}. Any number of threads may
   * wait, and each gets all events.
   */
  RolloutEnd await(RolloutLog log) throws InterruptedException;
}
