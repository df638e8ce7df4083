package io.platform.build;

import io.platform.domain.Build;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.failure.FailureMessages;
import java.util.Optional;

/** Why a push was not deployed, for its pusher: what failed, and what to do next. */
final class OutcomeMessages {
  private OutcomeMessages() {}

  /** Why a build that ended without a slug did so. */
  static String rejected(Build build) {
    return build
        .failure()
        .map(FailureMessages::of)
        .orElseGet(() -> "The build is %s.".formatted(build.status().word().replace('_', ' ')));
  }

  /**
   * Why a release that did not come up did not.
   *
   * @param goesOn what runs in its place
   */
  static String notLive(Release release, Optional<ReleaseVersion> goesOn) {
    String why =
        release.status() == Release.Status.SUPERSEDED
            ? "%s did not come up before another release was wanted.".formatted(release.version())
            : "%s did not come up: %s"
                .formatted(
                    release.version(),
                    release.failure().map(FailureMessages::of).orElse("it is not known why."));
    return goesOn.map(v -> "%s\n%s keeps running.".formatted(why, v)).orElse(why);
  }
}
