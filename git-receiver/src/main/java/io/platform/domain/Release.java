package io.platform.domain;

import io.platform.slug.AppJson;
import io.platform.slug.ProcessTypes;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A release: an artifact, the config and the process types. Immutable but for its status.
 *
 * @param appJson what the app declares of itself
 * @param cause what made it
 * @param commit the commit of its artifact
 * @param build the build that made it; empty for config changes and rollbacks
 * @param by who made it (e-mail)
 * @param failure why it is not live
 * @param removedAt when retention removed its artifact, so that nothing can run it again
 */
public record Release(
    ReleaseId id,
    AppId app,
    ReleaseVersion version,
    Artifact artifact,
    Config config,
    ProcessTypes processTypes,
    AppJson appJson,
    ReleaseCause cause,
    Optional<String> commit,
    Optional<BuildId> build,
    String by,
    Status status,
    Optional<ReleaseFailureCause> failure,
    Instant createdAt,
    Optional<Instant> removedAt) {
  /** Whether its artifact is there no more. */
  public boolean removed() {
    return removedAt.isPresent();
  }

  /** Whether one of its processes answers at the app's URL. */
  public boolean hasWeb() {
    return processTypes.command(ProcessTypes.WEB).isPresent();
  }

  /** How its roll-out went. */
  public enum Status {
    PENDING,
    /** It came up once. */
    LIVE,
    FAILED,
    /** Another release was wanted before it came up. */
    SUPERSEDED;

    /** As the API says it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
