package io.platform.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * What somebody wants to change in an app's {@link RolloutOptions}; empty for the platform's own.
 */
public sealed interface RolloutChange {
  /** How many web processes more than should run. */
  record MaxSurge(Optional<ProcessShare> share) implements RolloutChange {}

  /** How many web processes fewer than should run. */
  record MaxUnavailable(Optional<ProcessShare> share) implements RolloutChange {}

  /** From SIGTERM to SIGKILL. */
  record StopGrace(Optional<Duration> time) implements RolloutChange {}

  /** The options that come of it. */
  default RolloutOptions apply(RolloutOptions now) {
    return switch (this) {
      case MaxSurge(var share) -> new RolloutOptions(share, now.maxUnavailable(), now.stopGrace());
      case MaxUnavailable(var share) -> new RolloutOptions(now.maxSurge(), share, now.stopGrace());
      case StopGrace(var time) -> new RolloutOptions(now.maxSurge(), now.maxUnavailable(), time);
    };
  }
}
