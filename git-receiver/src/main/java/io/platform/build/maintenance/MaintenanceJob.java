package io.platform.build.maintenance;

import io.platform.build.SupervisorConfig;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import io.platform.slug.SteadyClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regular maintenance: archives logs, resumes builds and deletes destroyed apps. Level-triggered,
 * on one thread.
 */
public final class MaintenanceJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceJob.class);
  private static final Duration STOPPING = Duration.ofSeconds(2);

  private final SupervisorConfig config;
  private final InstantSource clock;
  private final Signals signals;
  private final LogArchiver archiver;
  private final AppDestruction destruction;
  private final BuildTakeUp takeUp;
  private final BlockingQueue<AppId> changed = new LinkedBlockingQueue<>();
  private volatile boolean stopping;
  private Optional<Thread> thread = Optional.empty();
  private Optional<Subscription> subscription = Optional.empty();

  /** A job that does nothing before {@link #start}. */
  public MaintenanceJob(
      SupervisorConfig config,
      InstantSource clock,
      Signals signals,
      LogArchiver archiver,
      AppDestruction destruction,
      BuildTakeUp takeUp) {
    this.config = config;
    this.clock = clock;
    this.signals = signals;
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
    subscription = Optional.of(signals.listen(this::changed));
    thread = Optional.of(Thread.ofVirtual().name("maintenance").start(this::run));
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
    try {
      while (!stopping) {
        if (!SteadyClock.now().isBefore(next)) {
          next = SteadyClock.now().plus(config.lookEvery());
          look();
        }
        AppId app = changed.poll(config.lookEvery().toNanos(), TimeUnit.NANOSECONDS);
        if (app != null) {
          attempt("reading app " + app, () -> destruction.find(app).ifPresent(this::destroy));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    attempt("reading the apps", () -> destruction.all().forEach(this::destroy));
    attempt("resuming builds", takeUp::takeUpForgotten);
    attempt(
        "reading the builds whose logs are to be archived",
        () -> archiver.due(clock.instant().minus(config.archiveAfter())).forEach(this::archive));
  }

  private void destroy(App app) {
    attempt("deleting app " + app.path(), () -> destruction.deleteIfStopped(app));
  }

  private void archive(Build build) {
    attempt("archiving the log of build " + build.id(), () -> archiver.archive(build));
  }

  /** All of it is repeatable: what fails is tried again at the next look, or the next start. */
  private void attempt(String what, Work work) {
    if (stopping) {
      return;
    }
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      if (stopping) {
        LOG.info("{} was not finished before the server stopped: {}", what, e.toString());
      } else {
        LOG.warn("{} failed; the next attempt is in {}", what, config.lookEvery(), e);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  @Override
  public void close() {
    stopping = true;
    subscription.ifPresent(Subscription::close);
    thread.ifPresent(it -> BoundedStop.stop(it, STOPPING));
  }
}
