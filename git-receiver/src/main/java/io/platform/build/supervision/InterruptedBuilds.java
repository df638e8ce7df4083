package io.platform.build.supervision;

import io.platform.domain.Build;
import io.platform.domain.BuildStatus;
import io.platform.domain.port.Builds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Gives its whole time again to a build that a restart broke off, or kept from beginning, and says
 * so in its log.
 */
public final class InterruptedBuilds {
  private final Builds builds;
  private final ProgressLog log;
  private final InstantSource clock;
  private final Duration buildTime;

  /**
   * Extends these builds.
   *
   * @param buildTime how long a build may take that begins again
   */
  public InterruptedBuilds(
      Builds builds, ProgressLog log, InstantSource clock, Duration buildTime) {
    this.builds = builds;
    this.log = log;
    this.clock = clock;
    this.buildTime = buildTime;
  }

  /** Whether the deadline was extended; nothing happens to a build that was not interrupted. */
  boolean extend(Build build, String launchKey) {
    Instant now = clock.instant();
    boolean brokenOff = build.status() == BuildStatus.RUNNING;
    if (brokenOff) {
      log.launchedAgain(build.id(), launchKey);
    }
    if (!brokenOff && now.isBefore(build.deadline().orElse(Instant.MAX))) {
      return false;
    }
    builds.extend(build.id(), now.plus(buildTime));
    return true;
  }
}
