package io.platform.build;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * The settings of the supervision of builds.
 *
 * @param platformUrl where builders ask for all that they need
 * @param buildTime how long a build may take once it is launched again
 * @param lostAfter how long a builder that ended without a word may still be heard of
 * @param archiveAfter how long a closed log stays in the database, for those who follow it
 * @param lookEvery how often everything is looked at without a signal
 * @param retryAfter how long to wait after a failure of the platform's own
 * @param leases when the receiver of a push counts as dead
 */
public record SupervisorConfig(
    URI platformUrl,
    Duration buildTime,
    Duration lostAfter,
    Duration archiveAfter,
    Duration lookEvery,
    Duration retryAfter,
    LeaseConfig leases) {
  /** Refuses what cannot work. */
  public SupervisorConfig {
    requireNonNull(platformUrl, "platformUrl is null");
    requireNonNull(leases, "leases is null");
    if (lostAfter.isNegative() || archiveAfter.isNegative()) {
      throw new IllegalArgumentException("lostAfter and archiveAfter are not negative");
    }
    if (!buildTime.isPositive() || !lookEvery.isPositive() || !retryAfter.isPositive()) {
      throw new IllegalArgumentException(
          "buildTime, lookEvery and retryAfter are more than nothing");
    }
  }

  /**
   * A lost builder is given up after 30 s, a log is archived after a minute, a look every 15 s, a
   * retry after 1 s.
   */
  public static SupervisorConfig defaults(URI platformUrl) {
    return new SupervisorConfig(
        platformUrl,
        Duration.ofMinutes(30),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofSeconds(15),
        Duration.ofSeconds(1),
        LeaseConfig.defaults());
  }

  /** The same for a receiver that knows that no other one is alive. */
  public SupervisorConfig asOnlyReceiver() {
    return new SupervisorConfig(
        platformUrl,
        buildTime,
        lostAfter,
        archiveAfter,
        lookEvery,
        retryAfter,
        new LeaseConfig(leases.duration(), LeaseConfig.Receivers.ONE));
  }
}
