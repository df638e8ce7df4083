package io.platform.release;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * The intervals and limits of the deployer.
 *
 * @param platformUrl where runners ask for their slugs
 * @param lookEvery how often it looks at each app without being told to
 * @param retryAfter how long it waits after a failure of its own
 * @param rolloutLimit when a roll-out that the runtime never ends is given up; more than the
 *     runtime's own limit
 * @param commandLimit how long a release command may take
 */
public record ReleaseConfig(
    URI platformUrl,
    Duration lookEvery,
    Duration retryAfter,
    Duration rolloutLimit,
    Duration commandLimit) {
  /** Refuses what cannot work. */
  public ReleaseConfig {
    requireNonNull(platformUrl, "platformUrl is null");
    if (!lookEvery.isPositive()
        || !retryAfter.isPositive()
        || !rolloutLimit.isPositive()
        || !commandLimit.isPositive()) {
      throw new IllegalArgumentException(
          "lookEvery, retryAfter, rolloutLimit and commandLimit are more than nothing");
    }
  }

  /** A look every 15 seconds, a retry after 2, 10 minutes for a roll-out and for a command. */
  public static ReleaseConfig defaults(URI platformUrl) {
    return new ReleaseConfig(
        platformUrl,
        Duration.ofSeconds(15),
        Duration.ofSeconds(2),
        Duration.ofMinutes(10),
        Duration.ofMinutes(10));
  }

  /** This config, with another limit of release commands. */
  public ReleaseConfig withCommandLimit(Duration changed) {
    return new ReleaseConfig(platformUrl, lookEvery, retryAfter, rolloutLimit, changed);
  }
}
