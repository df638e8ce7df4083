package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessCrash;
import java.util.function.Consumer;

/**
 * Runs releases: as supervised processes on one machine, as Deployments on a cluster. All of it is
 * idempotent.
 */
public interface AppRuntime {
  /** Starts the release beside what runs, unless it runs. Returns at once. */
  Rollout apply(RunSpec spec);

  /**
   * Tells, until closed, which apps may not run any more as they were applied, because somebody
   * changed or deleted what runs: another {@link #apply} fixes it. May tell without need; never
   * blocks.
   */
  Subscription watch(Consumer<AppId> consumer);

  /** Tells, until closed, which processes crash; in their order, and never blocks. */
  Subscription watchCrashes(Consumer<ProcessCrash> consumer);

  /** Stops whatever runs of an app, waits for its end, and removes what was kept for it. */
  void remove(App app) throws InterruptedException;
}
