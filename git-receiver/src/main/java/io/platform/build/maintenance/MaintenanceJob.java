package io.platform.build.maintenance;

import io.platform.build.SupervisorConfig;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import io.platform.slug.SteadyClock;
import java.time.Duration;
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
 * Regular maintenance: archives logs, resumes abandoned builds and deletes destroyed apps.
 * Level-triggered, on one thread.
 */
public final class MaintenanceJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceJob.class);
  private static final Duration STOPPING = Duration.ofSeconds(2);

  private final SupervisorConfig config;
  private final InstantSource clock;
  private final Stores stores;
  private final LogArchiver archiver;
  private final AppDestruction destruction;
  private final BuildTakeUp takeUp;
  private final BlockingQueue<AppId> changed = new LinkedBlockingQueue<>();
  private Optional<Thread> thread = Optional.empty();
  private Optional<Subscription> subscription = Optional.empty();

  /** A job that does nothing before {@link #start}. */
  public MaintenanceJob(
      SupervisorConfig config,
      InstantSource clock,
      Stores stores,
      LogArchiver archiver,
      AppDestruction destruction,
      BuildTakeUp takeUp) {
    this.config = config;
    this.clock = clock;
    this.stores = stores;
    this.archiver = archiver;
    this.destruction = destruction;
    this.takeUp = takeUp;
  }

  /**
   * Repairs what an earlier process left, takes up its builds, and begins to look after what needs
   * it.
   */
  public void start() {
    takeUp.takeUpAtStart();
    subscription = Optional.of(stores.signals().listen(this::changed));
    thread = Optional.of(Thread.ofVirtual().name("housekeeping").start(this::run));
  }

  private void changed(Topic topic) {
    if (topic instanceof Topic.AppChanged app) {
      changed.add(app.app());
    }
  }

  /** A build of the app is settled: what waited for that can go on. */
  public void settled(Build build) {
    changed.add(build.app());
  }

  private void run() {
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
    takeUp.takeUpForgotten();
    archiver.archive(clock.instant().minus(config.sealAfter()));
  }

  @Override
  public void close() {
    subscription.ifPresent(Subscription::close);
    thread.ifPresent(it -> BoundedStop.stop(it, STOPPING));
  }
}
