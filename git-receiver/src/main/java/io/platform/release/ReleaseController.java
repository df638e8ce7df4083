package io.platform.release;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.platform.access.RunSpecs;
import io.platform.access.WorkloadTokens;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.CrashLimits;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Apps;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import io.platform.slug.SteadyClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller of what runs: one worker for each app, woken by the app's signal and from time to
 * time without one. A lost signal costs the time to the next look, never a release.
 */
public final class ReleaseController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseController.class);
  private static final Duration STOPPING = Duration.ofSeconds(4);

  private final ReleaseConfig config;
  private final Apps apps;
  private final Releases releases;
  private final AppEvents events;
  private final Signals signals;
  private final AppRuntime runtime;
  private final AppRollouts rollouts;
  private final ConcurrentMap<AppId, AppWorker> workers = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Subscription> subscription = Optional.empty();
  private Optional<Subscription> disturbances = Optional.empty();
  private Optional<Subscription> crashes = Optional.empty();

  /** A controller that does nothing before {@link #start}. */
  public ReleaseController(
      ReleaseConfig config,
      Stores stores,
      AppRuntime runtime,
      ReleaseCommands commands,
      WorkloadTokens tokens) {
    this.config = config;
    this.apps = stores.apps();
    this.releases = stores.releases();
    this.events = stores.events();
    this.signals = stores.signals();
    this.runtime = runtime;
    this.rollouts =
        new AppRollouts(
            config, runtime, commands, new RunSpecs(tokens, config.platformUrl()), stores.log());
  }

  /** Brings up every app that should run, and goes on to look after them. */
  public void start() {
    subscription = Optional.of(signals.listen(this::onSignal));
    disturbances = Optional.of(runtime.watch(this::disturbed));
    CrashRecorder recorder =
        new CrashRecorder(apps, events, SteadyClock.system(), CrashLimits.defaults());
    crashes = Optional.of(runtime.watchCrashes(recorder::record));
    Thread.ofVirtual().name("deployer").start(this::lookFromTimeToTime);
  }

  private void onSignal(Topic topic) {
    switch (topic) {
      case Topic.AppChanged(AppId app) -> wake(app);
      case Topic.Anything() -> Thread.ofVirtual().name("deployer-look").start(this::look);
      case Topic.BuildChanged build -> {
        // A build that changes what should run changes its app too.
      }
    }
  }

  private void wake(AppId app) {
    lock.lock();
    try {
      if (closed.getCount() > 0) {
        workers.computeIfAbsent(app, this::worker).wake();
      }
    } finally {
      lock.unlock();
    }
  }

  private void disturbed(AppId app) {
    AppWorker worker = workers.get(app);
    if (worker != null) {
      worker.disturbed();
    }
  }

  private AppWorker worker(AppId app) {
    return new AppWorker(
            app,
            changed -> new AppReconciler(config, apps, releases, rollouts, app, changed),
            config.retryAfter(),
            () -> workers.remove(app))
        .start();
  }

  private void lookFromTimeToTime() {
    try {
      do {
        look();
      } while (!closed.await(config.lookEvery().toNanos(), NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      for (App app : apps.all()) {
        if (app.status() != App.Status.STOPPED) {
          wake(app.id());
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("the apps could not be read; they are looked at again in {}", config.lookEvery(), e);
    }
  }

  /** Stops looking after the apps; they run on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed.countDown();
    } finally {
      lock.unlock();
    }
    subscription.ifPresent(Subscription::close);
    disturbances.ifPresent(Subscription::close);
    crashes.ifPresent(Subscription::close);
    BoundedStop.stop(workers.values().stream().map(AppWorker::thread).toList(), STOPPING);
  }
}
