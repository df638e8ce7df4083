package io.platform.build;

import io.platform.access.WorkloadTokens;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.PublicUrls;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Subscription;
import io.platform.git.repository.Repositories;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives every build on a thread of its own, whoever follows it; at start it takes up what an
 * earlier process left.
 */
public final class BuildSupervisor implements Supervisor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuildSupervisor.class);

  /** Long enough for the receiver to settle by itself what it ended by itself. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final SupervisorConfig config;
  private final InstantSource clock;
  private final Stores stores;
  private final BuildLifecycle lifecycle;
  private final BuildRunner runner;
  private final BuilderStates states;
  private final InstantSource steady;
  private final BuildRun run;
  private final StartupRecovery recovery;
  private final MaintenanceJob housekeeping;
  private final ConcurrentMap<BuildId, Thread> drives = new ConcurrentHashMap<>();
  private Optional<Subscription> watching = Optional.empty();
  private Consumer<AppId> whenSettled = app -> {};
  private volatile boolean closed;

  /** What the supervisor keeps builds' files in, and what checks what builders say of them. */
  public record Storage(
      Repositories repositories, ObjectStore objects, ObjectKeys keys, ReportCheck reports) {}

  /** A supervisor that does nothing before {@link #start}. */
  public BuildSupervisor(
      SupervisorConfig config,
      Stores stores,
      BuildLifecycle lifecycle,
      Storage storage,
      BuildRunner runner,
      WorkloadTokens tokens,
      PublicUrls urls) {
    this(
        config,
        stores,
        lifecycle,
        storage,
        runner,
        tokens,
        urls,
        InstantSource.system(),
        SteadyClock.system());
  }

  /**
   * The same with other clocks.
   *
   * @param clock the time of day, for what is stored
   * @param steady for waits: it is not set
   */
  public BuildSupervisor(
      SupervisorConfig config,
      Stores stores,
      BuildLifecycle lifecycle,
      Storage storage,
      BuildRunner runner,
      WorkloadTokens tokens,
      PublicUrls urls,
      InstantSource clock,
      InstantSource steady) {
    this.config = config;
    this.clock = clock;
    this.steady = steady;
    this.stores = stores;
    this.lifecycle = lifecycle;
    this.runner = runner;
    this.states = new BuilderStates(stores.signals(), steady);
    BuildFinisher finisher =
        new BuildFinisher(config, stores, lifecycle, storage.repositories(), urls);
    ProgressLog progress = new ProgressLog(stores.log());
    this.run =
        new BuildRun(
            new BuildLauncher(
                stores.builds(),
                new BuildSpecs(stores.apps(), stores.releases(), tokens, config.platformUrl()),
                runner,
                states,
                progress,
                clock,
                config.buildTime()),
            new BuildMonitor(
                stores.builds(),
                stores.signals(),
                lifecycle,
                states,
                new BuildEndRule(stores.apps(), storage.reports(), config.lostAfter()),
                progress,
                steady,
                config.lookEvery()),
            lifecycle,
            finisher);
    RepositorySweep sweep = new RepositorySweep(stores.apps(), storage.repositories());
    this.recovery =
        new StartupRecovery(
            stores,
            sweep,
            new AbandonedPushes(config.leases(), stores, lifecycle, storage, sweep, steady));
    this.housekeeping = new MaintenanceJob(config, clock, stores, storage, this::takeUpForgotten);
  }

  /** Tells of each app whose build was settled; to be set before the start. Must not block. */
  public void whenSettled(Consumer<AppId> listener) {
    whenSettled = listener;
  }

  /**
   * Repairs what an earlier process left, takes up its builds, and begins to look after what needs
   * it.
   */
  public void start() {
    watching = Optional.of(runner.watch(states::record));
    recovery.repair().forEach(this::supervise);
    housekeeping.start();
  }

  @Override
  public void supervise(BuildId build) {
    drive(build, Optional.empty());
  }

  @Override
  public boolean giveUp(BuildId build, BuildEnd.Failed why) {
    boolean written = tryToEnd(build, why);
    drive(build, Optional.of(why));
    return written && !closed;
  }

  private boolean tryToEnd(BuildId build, BuildEnd.Failed why) {
    try {
      lifecycle.end(build, why);
      return true;
    } catch (RuntimeException e) {
      LOG.error("build {} could not be ended; that is tried again", build, e);
      return false;
    }
  }

  private void drive(BuildId build, Optional<BuildEnd.Failed> refusal) {
    if (!closed) {
      drives.computeIfAbsent(
          build,
          id ->
              Thread.ofVirtual()
                  .name("build-" + id)
                  .start(() -> runUntilSettled(new SupervisedBuild(id, refusal, clock, steady))));
    }
  }

  private void runUntilSettled(SupervisedBuild build) {
    try {
      Retry.call(
          Retry.until(done -> done, RetryPolicies.ownFailure(config.retryAfter())),
          () -> runOnce(build));
      stores.builds().find(build.id()).ifPresent(this::settled);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drives.remove(build.id());
    }
  }

  private void settled(Build build) {
    housekeeping.settled(build);
    whenSettled.accept(build.app());
  }

  private boolean runOnce(SupervisedBuild build) throws InterruptedException {
    try {
      run.drive(build);
      return true;
    } catch (IOException | RuntimeException e) {
      if (!closed) { // what is interrupted by the stop is taken up at the next start
        LOG.warn("build {} could not be driven on; it is tried again", build.id(), e);
      }
      return false;
    }
  }

  /**
   * What could not be repaired at start is repaired, builds that nobody drives are driven, and
   * builders whose build is over are removed.
   */
  private void takeUpForgotten() {
    recovery.repairRest().forEach(this::supervise);
    Instant before = clock.instant().minus(FORGOTTEN_AFTER);
    for (Build build : stores.builds().unsettled()) {
      if (build.status() != Build.Status.RECEIVING
          && build.endedAt().orElse(build.createdAt()).isBefore(before)) {
        supervise(build.id());
      }
    }
    for (BuildId id : states.builds()) {
      if (!drives.containsKey(id) && stores.builds().find(id).map(Build::settled).orElse(true)) {
        runner.cancel(id);
        states.forget(id);
      }
    }
  }

  /** Stops driving; what is not settled is taken up at the next start. */
  @Override
  public void close() {
    closed = true;
    housekeeping.close();
    watching.ifPresent(Subscription::close);
    List<Thread> running = List.copyOf(drives.values());
    BoundedStop.stop(running, STOPPING);
  }
}
