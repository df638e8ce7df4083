package io.platform.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The one run of a release's command.
 *
 * @param endedAt empty while it runs, and where the server died before it saw the end
 * @param failure why the release cannot go live; empty where the command succeeded or still runs
 */
public record ReleaseCommandRun(
    Optional<Instant> startedAt, Optional<Instant> endedAt, Optional<ReleaseFailureCause> failure) {
  /** Never started. */
  public static final ReleaseCommandRun NONE =
      new ReleaseCommandRun(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether it was started. */
  public boolean started() {
    return startedAt.isPresent();
  }

  /** Whether it is over. */
  public boolean ended() {
    return endedAt.isPresent();
  }

  /** Whether it was started and is not over. */
  public boolean running() {
    return started() && !ended();
  }
}
