package io.platform.build.recovery;

import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.port.Builds;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs what a killed receiver left: at start, before anything is received, what certainly has no
 * owner; the rest later, once it is clear that no other receiver owns it.
 */
public final class StartupRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(StartupRecovery.class);

  private final Builds builds;
  private final RepositorySweep sweep;
  private final AbandonedPushes abandoned;

  /** Repairs with these. */
  public StartupRecovery(Builds builds, RepositorySweep sweep, AbandonedPushes abandoned) {
    this.builds = builds;
    this.sweep = sweep;
    this.abandoned = abandoned;
  }

  /** The builds that are to be driven on. */
  public List<BuildId> repair() {
    sweep.sweepAll();
    abandoned.endAtStart();
    List<BuildId> unsettled =
        builds.unsettled().stream()
            .filter(build -> build.status() != BuildStatus.RECEIVING)
            .map(Build::id)
            .toList();
    if (!unsettled.isEmpty()) {
      LOG.info("{} unsettled builds are taken up: {}", unsettled.size(), unsettled);
    }
    return unsettled;
  }

  /** The builds that were ended now, and are to be settled. */
  public List<BuildId> repairRest() {
    sweep.sweepAgain();
    return abandoned.endThoseWithoutLease();
  }
}
