package io.platform.domain;

import java.util.Optional;

/** Decides what the end of a roll-out changes. */
public final class RolloutRule {
  private RolloutRule() {}

  /** The change to write. */
  public sealed interface Change {
    /** The end was written before, or the release is rolled out again. */
    record Nothing() implements Change {}

    /** The release gave way to another one. */
    record Superseded(ReleaseFailureCause cause) implements Change {}

    /**
     * The release is the live one.
     *
     * @param next a release to be made of it, with the config of changes which had to wait for the
     *     first release
     */
    record Live(Optional<ReleaseDraft> next) implements Change {}

    /**
     * The release failed: what is live is wanted again.
     *
     * @param restored what the app's config goes back to
     */
    record Failed(ReleaseFailureCause cause, Optional<Config> restored) implements Change {}
  }

  /**
   * Decides.
   *
   * @param live the release that came up last
   * @param config the app's now
   */
  public static Change of(
      App app, Release release, Optional<Release> live, Config config, RolloutEnd end) {
    if (release.status() != Release.Status.PENDING) {
      return new Change.Nothing();
    }
    if (!app.desired().equals(Optional.of(release.version()))) {
      return new Change.Superseded(new ReleaseFailureCause.Overtaken());
    }
    return switch (end) {
      case RolloutEnd.Live it ->
          new Change.Live(
              Optional.of(config)
                  .filter(wanted -> live.isEmpty() && !wanted.equals(release.config()))
                  .map(wanted ->
                      ReleaseDraft.ofConfig(release, release.config(), wanted, release.by())));
      case RolloutEnd.Failed(var cause, var lines) ->
          new Change.Failed(
              cause, live.filter(before -> release.cause().changesConfig()).map(Release::config));
      // Nothing but this release is wanted: it stays pending, and is rolled out again.
      case RolloutEnd.Superseded it -> new Change.Nothing();
    };
  }
}
