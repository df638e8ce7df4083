package io.platform.app;

/**
 * Runs releases: as supervised processes on one machine, as Deployments on a cluster. All of it is
 * idempotent.
 */
public interface AppRuntime {
  /** Starts the release beside what runs, unless it runs. Returns at once. */
  void apply(RunSpec spec);

  /**
   * Waits until the applied release answers and has the traffic (then what ran before is stopped),
   * or failed (then it is stopped and what ran before goes on), or is superseded by another {@link
   * #apply}.
   */
  RolloutEnd await(RunSpec spec, RolloutLog log) throws InterruptedException;

  /** Stops whatever runs of an app, waits for its end, and removes what was kept for it. */
  void remove(App app) throws InterruptedException;
}
