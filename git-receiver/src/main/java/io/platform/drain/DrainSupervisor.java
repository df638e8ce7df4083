package io.platform.drain;

import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.DrainId;
import io.platform.domain.InstanceId;
import io.platform.domain.LogDrain;
import io.platform.domain.port.Apps;
import io.platform.domain.port.LogDrains;
import io.platform.domain.port.ProcessLogs;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers all drains that this program owns, and writes down how far they are. On a cluster
 * several programs share the drains: each claims those that nobody else has.
 */
public final class DrainSupervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DrainSupervisor.class);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  private final DrainConfig config;
  private final InstanceId owner;
  private final LogDrains drains;
  private final Apps apps;
  private final Signals signals;
  private final ProcessLogs logs;
  private final DrainConnections connections;
  private final InstantSource clock;
  private final Semaphore changed = new Semaphore(0);
  private final Map<DrainId, DrainDelivery> deliveries = new HashMap<>();
  private final Map<DrainId, LogDrain.Progress> reported = new HashMap<>();
  private final Thread thread = Thread.ofVirtual().name("log drains").unstarted(this::work);
  private Optional<Subscription> subscription = Optional.empty();

  /**
   * Does nothing before {@link #start}.
   *
   * @throws IOException where the file of trusted certificates cannot be used
   */
  public DrainSupervisor(
      DrainConfig config,
      InstanceId owner,
      LogDrains drains,
      Apps apps,
      Signals signals,
      ProcessLogs logs,
      InstantSource clock)
      throws IOException {
    this.config = config;
    this.owner = owner;
    this.drains = drains;
    this.apps = apps;
    this.signals = signals;
    this.logs = logs;
    this.connections = new DrainConnections(config);
    this.clock = clock;
  }

  /** Takes up the drains. */
  public void start() {
    subscription =
        Optional.of(
            signals.listen(topic -> {
              if (!(topic instanceof Topic.BuildChanged)) {
                changed.release();
              }
            }));
    thread.start();
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        if (changed.tryAcquire(config.times().look().toNanos(), TimeUnit.NANOSECONDS)) {
          changed.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      report();
      List<LogDrain> owned =
          drains.claim(owner, clock.instant().plus(config.times().claim()), config.alone());
      Map<DrainId, LogDrain> wanted = new HashMap<>();
      owned.forEach(drain -> wanted.put(drain.id(), drain));
      List.copyOf(deliveries.keySet()).stream()
          .filter(id -> !wanted.containsKey(id))
          .forEach(this::stop);
      owned.forEach(this::deliver);
    } catch (RuntimeException e) {
      LOG.warn("the log drains cannot be read; that is tried again", e);
    }
  }

  private void report() {
    Map<DrainId, LogDrain.Progress> progress = new HashMap<>();
    deliveries.forEach((id, delivery) -> progress.put(id, delivery.progress()));
    progress.entrySet().removeIf(it -> it.getValue().equals(reported.get(it.getKey())));
    drains.report(owner, progress);
    reported.putAll(progress);
  }

  private void deliver(LogDrain drain) {
    try {
      ensureDelivered(drain);
    } catch (RuntimeException e) {
      LOG.error("drain {} cannot be delivered", drain.id(), e);
    }
  }

  private void ensureDelivered(LogDrain drain) {
    Optional<App> app = apps.find(drain.app());
    Optional<DrainDelivery> running = Optional.ofNullable(deliveries.get(drain.id()));
    if (app.isEmpty() || running.filter(it -> isNamedAs(it.app(), app.get())).isPresent()) {
      return;
    }
    LogDrain from = running.map(it -> stopped(drain, it)).orElse(drain);
    deliveries.put(
        drain.id(),
        DrainDelivery.start(app.get(), from, logs, connections.open(drain.url()), config, clock));
  }

  private static boolean isNamedAs(App delivered, App now) {
    return delivered.path().equals(now.path()) && delivered.host().equals(now.host());
  }

  /** The drain as it is when its delivery has ended. */
  private static LogDrain stopped(LogDrain drain, DrainDelivery delivery) {
    delivery.close();
    return new LogDrain(
        drain.id(),
        drain.app(),
        drain.url(),
        drain.addedBy(),
        drain.addedAt(),
        delivery.progress());
  }

  private void stop(DrainId id) {
    reported.remove(id);
    Optional.ofNullable(deliveries.remove(id)).ifPresent(DrainDelivery::close);
  }

  /** Stops, and leaves the drains to another program, or to the next start. */
  @Override
  public void close() {
    subscription.ifPresent(Subscription::close);
    BoundedStop.stop(thread, STOPPING);
    deliveries.values().forEach(DrainDelivery::close);
    try {
      report();
      drains.release(owner, deliveries.keySet());
    } catch (RuntimeException e) {
      LOG.warn("how far the log drains are could not be written; some lines are sent again", e);
    }
    connections.close();
  }
}
