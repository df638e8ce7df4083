package io.platform.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An app.
 *
 * @param customer the tenant that owns the namespace
 * @param deployBranch full name of the ref whose pushes are built; empty until the first push of
 *     main or master
 * @param host the host name of its route, without a port
 * @param desired the release that should run; {@code live} is the newest one that came up
 * @param formation how many processes of which type run
 * @param restarts what somebody asked to be restarted, and when
 * @param options what its developers chose about how it runs
 */
public record App(
    AppId id,
    String customer,
    AppPath path,
    Optional<String> deployBranch,
    String host,
    Optional<ReleaseVersion> desired,
    Optional<ReleaseVersion> live,
    Formation formation,
    Restarts restarts,
    AppOptions options,
    Status status,
    Instant createdAt) {

  /**
   * An app that is being destroyed is invisible to its users, and keeps its name until the last of
   * it is gone.
   */
  public enum Status {
    ACTIVE,
    /** Destroyed by its user: what runs is being stopped. */
    DESTROYING,
    /** Nothing of it runs any more: repository, objects and rows can go. */
    STOPPED
  }
}
