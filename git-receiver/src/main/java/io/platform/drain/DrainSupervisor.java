package io.platform.drain;

import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.DrainId;
import io.platform.domain.InstanceId;
import io.platform.domain.LogDrain;
import io.platform.domain.port.LogDrains;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
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
  private final Signals signals;
  private final DrainDeliveries deliveries;
  private final InstantSource clock;
  private final Semaphore changed = new Semaphore(0);
  private final Map<DrainId, LogDrain.Progress> reported = new HashMap<>();
  private final Thread thread = Thread.ofVirtual().name("log drains").unstarted(this::work);
  private Optional<Subscription> subscription = Optional.empty();

  /**
   * Does nothing before {@link #start}.
   *
   * @param deliveries delivers what is claimed; it is closed with this
   */
  public DrainSupervisor(
      DrainConfig config,
      InstanceId owner,
      LogDrains drains,
      Signals signals,
      DrainDeliveries deliveries,
      InstantSource clock) {
    this.config = config;
    this.owner = owner;
    this.drains = drains;
    this.signals = signals;
    this.deliveries = deliveries;
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
      deliveries.deliver(owned);
      reported.keySet().retainAll(deliveries.progress().keySet());
    } catch (RuntimeException e) {
      LOG.warn("the log drains cannot be read; that is tried again", e);
    }
  }

  private void report() {
    Map<DrainId, LogDrain.Progress> progress = deliveries.progress();
    progress.entrySet().removeIf(it -> it.getValue().equals(reported.get(it.getKey())));
    drains.report(owner, progress);
    reported.putAll(progress);
  }

  /** Stops, and leaves the drains to another program, or to the next start. */
  @Override
  public void close() {
    subscription.ifPresent(Subscription::close);
    BoundedStop.stop(thread, STOPPING);
    deliveries.stop();
    try {
      report();
      drains.release(owner, deliveries.progress().keySet());
    } catch (RuntimeException e) {
      LOG.warn("how far the log drains are could not be written; some lines are sent again", e);
    }
    deliveries.close();
  }
}
