package io.platform.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * The options of a roll-out: how the processes of a release take the place of the old ones.
 *
 * @param maxSurge how many web processes more than should run may be there meanwhile; empty for the
 *     platform's own rule
 * @param maxUnavailable how many web processes fewer than should run may answer meanwhile; empty
 *     for none
 * @param stopGrace from SIGTERM to SIGKILL; empty for the platform's own time
 */
public record RolloutOptions(
    Optional<ProcessShare> maxSurge,
    Optional<ProcessShare> maxUnavailable,
    Optional<Duration> stopGrace) {
  /** As the platform does it. */
  public static final RolloutOptions DEFAULTS =
      new RolloutOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /** The longest time from SIGTERM to SIGKILL. */
  public static final Duration LONGEST_GRACE = Duration.ofMinutes(10);

  /** The shortest one. */
  public static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

  /** Whether no new process could ever start. */
  public boolean isStuck() {
    return maxSurge.filter(share -> share.value() == 0).isPresent()
        && maxUnavailable.map(ProcessShare::value).orElse(0) == 0;
  }

  /** Whether old web processes stop one after the other, as new ones come up. */
  public boolean isGradual() {
    return maxSurge.isPresent() || maxUnavailable.isPresent();
  }

  /** From SIGTERM to SIGKILL. */
  public Duration stopGrace(Duration otherwise) {
    return stopGrace.orElse(otherwise);
  }
}
