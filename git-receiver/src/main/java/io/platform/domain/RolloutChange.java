package io.platform.domain;

import java.time.Duration;
import java.util.Optional;

/** A change of an app's {@link RolloutOptions}; empty for the platform's own. */
public sealed interface RolloutChange {
  /** Changes how many web processes more than the formation may run. */
  record MaxSurge(Optional<ProcessShare> share) implements RolloutChange {}

  /** Changes how many web processes fewer than the formation may run. */
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
