package io.platform.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A build as its row says.
 *
 * @param lease whose it is while it is received; who received it, later
 * @param source where the pushed tree is stored; from {@link Status#ACCEPTED} on
 * @param deadline when the platform ends it; from {@link Status#ACCEPTED} on
 * @param failure why it did not succeed
 * @param exitCode the builder's exit code (see the slug room's table) where it failed by one
 * @param release the release it made
 * @param outcome what became of the push: set when it is settled
 * @param archivedLog where the log is kept once its rows are gone
 * @param logSize length of the log in bytes
 * @param removedAt when retention removed source and log
 */
public record Build(
    BuildId id,
    AppId app,
    Origin origin,
    Lease lease,
    BuildStatus status,
    Optional<Source> source,
    Optional<Instant> deadline,
    Optional<BuildFailureCause> failure,
    Optional<Integer> exitCode,
    Optional<ReleaseVersion> release,
    Optional<Outcome> outcome,
    Optional<String> archivedLog,
    long logSize,
    Instant createdAt,
    Optional<Instant> endedAt,
    Optional<Instant> settledAt,
    Optional<Instant> removedAt) {

  /**
   * What it may take from its creation to its deadline. Empty before it is accepted, and where the
   * clock was set back before it was: builds are in order by the time of their creation, so that
   * this never goes back.
   */
  public Optional<Duration> allowedTime() {
    return deadline.map(end -> Duration.between(createdAt, end)).filter(Duration::isPositive);
  }

  /**
   * What became of the push.
   *
   * @param failure why the ref did not move; empty where it did
   */
  public record Outcome(Optional<DeployFailureCause> failure) {
    private static final Outcome DEPLOYED = new Outcome(Optional.empty());

    /** The ref moved. */
    public static Outcome ofDeployed() {
      return DEPLOYED;
    }

    /** The ref did not move. */
    public static Outcome rejected(DeployFailureCause why) {
      return new Outcome(Optional.of(why));
    }

    /** Whether the ref moved. */
    public boolean deployed() {
      return failure.isEmpty();
    }
  }

  /** Whether the app's lock is free again. */
  public boolean settled() {
    return settledAt.isPresent();
  }
}
