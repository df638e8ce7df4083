package io.platform.receiver.build;

import io.platform.app.App;
import io.platform.app.AppId;
import io.platform.app.Build;
import io.platform.app.Stores;
import io.platform.app.Subscription;
import io.platform.app.Topic;
import io.platform.slug.SteadyClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to happen sooner or later: logs become objects, destroyed apps go. Level-triggered, on
 * one thread.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final SupervisorConfig config;
  private final InstantSource clock;
  private final Stores stores;
  private final LogSealer sealer;
  private final AppDestruction destruction;
  private final Runnable takeUpForgotten;
  private final BlockingQueue<AppId> changed = new LinkedBlockingQueue<>();
  private Optional<Thread> thread = Optional.empty();
  private Optional<Subscription> subscription = Optional.empty();

  Housekeeping(
      SupervisorConfig config,
      InstantSource clock,
      Stores stores,
      BuildSupervisor.Storage storage,
      Runnable takeUpForgotten) {
    this.config = config;
    this.clock = clock;
    this.stores = stores;
    this.sealer = new LogSealer(stores, storage);
    this.destruction = new AppDestruction(stores, storage);
    this.takeUpForgotten = takeUpForgotten;
  }

  void start() {
    subscription = Optional.of(stores.signals().listen(this::heard));
    thread = Optional.of(Thread.ofVirtual().name("housekeeping").start(this::keepHouse));
  }

  private void heard(Topic topic) {
    if (topic instanceof Topic.AppChanged app) {
      changed.add(app.app());
    }
  }

  /** A build of the app is settled: what waited for that can go on. */
  void settled(Build build) {
    changed.add(build.app());
  }

  private void keepHouse() {
    Instant next = SteadyClock.now();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!SteadyClock.now().isBefore(next)) {
          next = SteadyClock.now().plus(config.lookEvery());
          look();
        }
        lookAt(changed.poll(config.lookEvery().toNanos(), TimeUnit.NANOSECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.warn("housekeeping failed; it goes on in {}", config.lookEvery(), e);
      }
    }
  }

  private void lookAt(@Nullable AppId app) {
    if (app != null) {
      stores.apps().find(app).ifPresent(destruction::deleteIfStopped);
    }
  }

  private void look() {
    stores.apps().all().stream()
        .filter(app -> app.status() == App.Status.STOPPED)
        .forEach(destruction::deleteIfStopped);
    takeUpForgotten.run();
    sealer.seal(clock.instant().minus(config.sealAfter()));
  }

  @Override
  public void close() {
    subscription.ifPresent(Subscription::close);
    thread.ifPresent(Threads::stop);
  }
}
