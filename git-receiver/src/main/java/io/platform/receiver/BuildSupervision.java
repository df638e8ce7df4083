package io.platform.receiver;

import io.platform.bootstrap.PlatformServices;
import io.platform.build.StoredBuilds;
import io.platform.build.SupervisorConfig;
import io.platform.build.maintenance.AppDestruction;
import io.platform.build.maintenance.BuildTakeUp;
import io.platform.build.maintenance.LogArchiver;
import io.platform.build.maintenance.MaintenanceJob;
import io.platform.build.recovery.AbandonedPushes;
import io.platform.build.recovery.PushTraces;
import io.platform.build.recovery.RepositorySweep;
import io.platform.build.recovery.StartupRecovery;
import io.platform.build.supervision.BuildCheck;
import io.platform.build.supervision.BuildEndRule;
import io.platform.build.supervision.BuildFinisher;
import io.platform.build.supervision.BuildLauncher;
import io.platform.build.supervision.BuildMonitor;
import io.platform.build.supervision.BuildRun;
import io.platform.build.supervision.BuildSpecs;
import io.platform.build.supervision.BuildSupervisor;
import io.platform.build.supervision.BuilderStates;
import io.platform.build.supervision.InterruptedBuilds;
import io.platform.build.supervision.ProgressLog;
import io.platform.build.supervision.RolloutWatch;
import io.platform.buildlog.LogFollower;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Subscription;
import io.platform.git.repository.Repositories;
import io.platform.slug.SteadyClock;
import java.time.InstantSource;
import java.util.Optional;

/** Composes what handles accepted builds: supervisor, recovery and maintenance. */
public final class BuildSupervision implements AutoCloseable {
  private final BuildSupervisor supervisor;
  private final BuildRunner runner;
  private final BuilderStates states;
  private final MaintenanceJob maintenance;
  private Optional<Subscription> watching = Optional.empty();

  /** The time of day, for what is stored, and a clock for waits, which is not set. */
  public record Clocks(InstantSource day, InstantSource steady) {
    /** The system's. */
    public static Clocks system() {
      return new Clocks(InstantSource.system(), SteadyClock.system());
    }
  }

  /** Does nothing before {@link #start}. */
  public BuildSupervision(
      SupervisorConfig config,
      PlatformServices services,
      Repositories repositories,
      BuildRunner runner,
      LogFollower follower,
      PublicUrls urls,
      Clocks clocks) {
    Stores stores = services.stores();
    this.runner = runner;
    this.states = new BuilderStates(stores.signals(), clocks.steady());
    ProgressLog progress = new ProgressLog(stores.log());
    BuildRun run =
        new BuildRun(
            launcher(config, services, runner, progress, clocks),
            monitor(config, services, progress, clocks),
            services.lifecycle(),
            new BuildFinisher(
                new RolloutWatch(
                    stores.apps(), stores.releases(), stores.signals(), config.lookEvery()),
                stores.log(),
                services.lifecycle(),
                repositories,
                urls));
    Builds builds = stores.builds();
    this.supervisor =
        new BuildSupervisor(
            builds, services.lifecycle(), run, config.retryAfter(), clocks.day(), clocks.steady());
    StoredBuilds objects = new StoredBuilds(services.objects(), services.keys());
    RepositorySweep sweep = new RepositorySweep(stores.apps(), repositories);
    AbandonedPushes abandoned =
        new AbandonedPushes(
            config.leases(),
            builds,
            services.lifecycle(),
            new PushTraces(stores.apps(), sweep, objects),
            clocks.steady());
    this.maintenance =
        new MaintenanceJob(
            config,
            clocks.day(),
            stores.signals(),
            new LogArchiver(stores.apps(), builds, stores.log(), objects, follower),
            new AppDestruction(stores.apps(), builds, repositories, objects),
            new BuildTakeUp(
                new StartupRecovery(builds, sweep, abandoned),
                builds,
                supervisor,
                runner,
                states,
                clocks.day()));
    supervisor.whenSettled(maintenance::settled);
  }

  private BuildLauncher launcher(
      SupervisorConfig config,
      PlatformServices services,
      BuildRunner builders,
      ProgressLog progress,
      Clocks clocks) {
    Stores stores = services.stores();
    BuildSpecs specs =
        new BuildSpecs(stores.apps(), stores.releases(), services.tokens(), config.platformUrl());
    return new BuildLauncher(
        stores.builds(),
        specs,
        builders,
        states,
        new InterruptedBuilds(stores.builds(), progress, clocks.day(), config.buildTime()));
  }

  private BuildMonitor monitor(
      SupervisorConfig config, PlatformServices services, ProgressLog progress, Clocks clocks) {
    Stores stores = services.stores();
    return new BuildMonitor(
        stores.builds(),
        stores.signals(),
        services.lifecycle(),
        states,
        new BuildCheck(
            new BuildEndRule(stores.apps(), services.reports(), config.lostAfter()),
            progress,
            clocks.steady(),
            config.lookEvery()));
  }

  /** Drives builds; before the start, too. */
  public BuildSupervisor supervisor() {
    return supervisor;
  }

  /**
   * Repairs what an earlier process left, takes up its builds, and begins to look after what needs
   * it.
   */
  public void start() {
    watching = Optional.of(states.watch(runner));
    maintenance.start();
  }

  /** Stops driving; what is not settled is taken up at the next start. */
  @Override
  public void close() {
    supervisor.close();
    maintenance.close();
    watching.ifPresent(Subscription::close);
  }
}
