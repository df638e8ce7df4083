package io.platform.domain;

import java.util.Optional;

/** The rule for the releases that an app can be rolled back to. */
public final class RollbackRule {
  private RollbackRule() {}

  /** A reason why there is no release to go back to. */
  public sealed interface Refusal {
    /** The app has no such release. */
    record NoSuchRelease(ReleaseVersion version) implements Refusal {}

    /** Its roll-out never ended well. */
    record NeverUp(ReleaseVersion version) implements Refusal {}

    /**
     * Retention removed its slug.
     *
     * @param commit what to push to get it again
     */
    record SlugRemoved(ReleaseVersion version, Optional<String> commit) implements Refusal {}

    /** No release before the live one can run. */
    record NothingEarlier() implements Refusal {}
  }

  /** Why the release of this version cannot run again; empty where it can. */
  public static Optional<Refusal> refusal(ReleaseVersion version, Optional<Release> found) {
    return found.isEmpty()
        ? Optional.of(new Refusal.NoSuchRelease(version))
        : found.flatMap(RollbackRule::refusal);
  }

  /** Why this release cannot run again; empty where it can. */
  public static Optional<Refusal> refusal(Release release) {
    if (release.status() != Release.Status.LIVE) {
      return Optional.of(new Refusal.NeverUp(release.version()));
    }
    if (release.removed()) {
      return Optional.of(new Refusal.SlugRemoved(release.version(), release.commit()));
    }
    return Optional.empty();
  }

  /** Whether a rollback that names no release may go to this one: the newest such is taken. */
  public static boolean isEarlier(App app, Release release) {
    return release.version().number() < app.live().map(ReleaseVersion::number).orElse(0)
        && refusal(release).isEmpty();
  }
}
