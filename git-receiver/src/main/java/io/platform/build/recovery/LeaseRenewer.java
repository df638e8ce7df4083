package io.platform.build.recovery;

import io.platform.build.LeaseConfig;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.BuildId;
import io.platform.domain.InstanceId;
import io.platform.domain.port.Builds;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of all builds whose pushes this receiver receives, on a thread of its own. */
public final class LeaseRenewer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewer.class);
  private static final Duration STOPPING = Duration.ofSeconds(2);

  private final Builds builds;
  private final InstanceId holder;
  private final Duration every;
  private final Duration noticedWithin;
  private final Set<BuildId> received = ConcurrentHashMap.newKeySet();
  private Optional<Thread> thread = Optional.empty();

  /**
   * Renews nothing before {@link #start}.
   *
   * @param holder this receiver
   */
  public LeaseRenewer(Builds builds, InstanceId holder, LeaseConfig config) {
    this.builds = builds;
    this.holder = holder;
    this.every = config.renewEvery();
    this.noticedWithin = config.noticedWithin();
  }

  /** The receiver that holds the leases. */
  public InstanceId holder() {
    return holder;
  }

  /** By when other receivers notice that this one is gone, and have ended what it received. */
  public Duration noticedWithin() {
    return noticedWithin;
  }

  /** Begins to renew. */
  public void start() {
    thread = Optional.of(Thread.ofVirtual().name("lease-renewal").start(this::run));
  }

  /** Renews the lease of this build until what is returned is closed. */
  public Renewal keep(BuildId build) {
    received.add(build);
    return () -> received.remove(build);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(every);
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews all leases once. */
  public void renew() {
    for (BuildId build : received) {
      try {
        builds.renew(build);
      } catch (RuntimeException e) {
        LOG.warn(
            "the lease of build {} was not renewed; that is tried again in {}", build, every, e);
      }
    }
  }

  /** Ends with what is received. */
  @Override
  public void close() {
    thread.ifPresent(it -> BoundedStop.stop(it, STOPPING));
  }

  /** A lease that is renewed. */
  @FunctionalInterface
  public interface Renewal extends AutoCloseable {
    @Override
    void close();
  }
}
