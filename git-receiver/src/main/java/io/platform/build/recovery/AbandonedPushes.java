package io.platform.build.recovery;

import io.platform.build.BuildLifecycle;
import io.platform.build.LeaseConfig;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.Lease;
import io.platform.domain.port.Builds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends builds whose receiver died before it accepted them. Their pushers are disconnected, so these
 * builds cannot continue. Not for several threads.
 */
public final class AbandonedPushes {
  private static final Logger LOG = LoggerFactory.getLogger(AbandonedPushes.class);

  private final LeaseConfig config;
  private final Builds builds;
  private final BuildLifecycle lifecycle;
  private final PushTraces traces;
  private final InstantSource steady;
  private final Map<BuildId, SeenLease> seen = new HashMap<>();

  /** A lease, and since when it has been the same. */
  private record SeenLease(Lease lease, Instant since) {}

  /**
   * Ends them with this lifecycle.
   *
   * @param steady for waits: it is not set
   */
  public AbandonedPushes(
      LeaseConfig config,
      Builds builds,
      BuildLifecycle lifecycle,
      PushTraces traces,
      InstantSource steady) {
    this.config = config;
    this.builds = builds;
    this.lifecycle = lifecycle;
    this.traces = traces;
    this.steady = steady;
  }

  /** Ends all at the start of the only receiver, otherwise those whose lease has run out. */
  List<BuildId> endAtStart() {
    return config.receivers() == LeaseConfig.Receivers.ONE
        ? end(build -> true)
        : endThoseWithoutLease();
  }

  /** Ends those whose lease has run out, and returns them. */
  List<BuildId> endThoseWithoutLease() {
    return end(this::hasRunOut);
  }

  private List<BuildId> end(Predicate<Build> abandoned) {
    List<Build> received = received();
    seen.keySet().retainAll(received.stream().map(Build::id).toList());
    return received.stream().filter(abandoned).filter(this::end).map(Build::id).toList();
  }

  /** While the database does not answer no lease is renewed, so that time does not count. */
  private List<Build> received() {
    try {
      return builds.unsettled().stream()
          .filter(build -> build.status() == BuildStatus.RECEIVING)
          .toList();
    } catch (RuntimeException e) {
      seen.clear();
      throw e;
    }
  }

  private boolean hasRunOut(Build build) {
    Instant now = steady.instant();
    SeenLease before = seen.get(build.id());
    if (before == null || !before.lease().equals(build.lease())) {
      seen.put(build.id(), new SeenLease(build.lease(), now));
      return false;
    }
    return !now.isBefore(before.since().plus(config.duration()));
  }

  private boolean end(Build build) {
    boolean ended =
        lifecycle.endAbandoned(build, new BuildEnd.Failed(new BuildFailureCause.PushInterrupted()));
    if (ended) {
      LOG.info(
          "the receiver {} of build {} no longer runs; its push is ended",
          build.lease().holder(),
          build.id());
      traces.remove(build);
    }
    return ended;
  }
}
