package io.platform.retention;

import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.port.Apps;
import io.platform.slug.SteadyClock;
import io.platform.storage.ObjectStore;
import java.io.IOException;
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
 * Looks after what is stored, on a thread of its own: after each build of an app, and through
 * everything at the start and then from time to time.
 */
public final class RetentionJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  private final RetentionConfig config;
  private final InstantSource clock = SteadyClock.system();
  private final Apps apps;
  private final Retention retention;
  private final OrphanSweep sweep;
  private final BlockingQueue<AppId> changed = new LinkedBlockingQueue<>();
  private Optional<Thread> thread = Optional.empty();

  /** Does nothing before {@link #start}. */
  public RetentionJob(
      RetentionConfig config,
      Retention retention,
      Apps apps,
      ObjectStore objects,
      ObjectKeys keys) {
    this.config = config;
    this.retention = retention;
    this.apps = apps;
    this.sweep = new OrphanSweep(config.dryRun(), retention, apps, objects, keys);
  }

  /** Begins, with a look through everything. */
  public void start() {
    thread = Optional.of(Thread.ofVirtual().name("retention").start(this::work));
  }

  /** A build of the app is settled. Never blocks. */
  public void settled(AppId app) {
    changed.add(app);
  }

  private void work() {
    Instant next = clock.instant();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Duration left = Duration.between(clock.instant(), next);
        if (!left.isPositive()) {
          next = clock.instant().plus(config.every());
          sweep.run();
        } else {
          lookAt(changed.poll(left.toNanos(), TimeUnit.NANOSECONDS));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException e) {
        LOG.warn("what is not kept could not all be removed; that is tried again", e);
      }
    }
  }

  private void lookAt(@Nullable AppId id) throws IOException {
    if (id == null) {
      return;
    }
    changed.removeIf(id::equals);
    Optional<App> app = apps.find(id).filter(a -> a.status() == App.Status.ACTIVE);
    if (app.isPresent()) {
      Removals removals =
          config.dryRun() ? retention.plan(app.get(), config.limits()) : retention.run(app.get());
      OrphanSweep.tell(config.dryRun(), app.get(), removals);
    }
  }

  @Override
  public void close() {
    thread.ifPresent(it -> BoundedStop.stop(it, STOPPING));
  }
}
