package io.platform.release;

import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutEnd;
import java.time.Duration;
import java.util.Optional;

/** Why a roll-out ended as it did, for pushers and operators. */
final class RolloutMessages {
  private RolloutMessages() {}

  /**
   * How it ended, as its users should read it: to a runtime, a process that still waits for its
   * slug is one that does not listen.
   *
   * @param slugProblem why it has no slug, as the runner told
   */
  static RolloutEnd explained(RolloutEnd end, Optional<String> slugProblem) {
    return end instanceof RolloutEnd.Failed failed
        ? slugProblem
            .<RolloutEnd>map(why -> new RolloutEnd.Failed(noSlug(why), failed.lastLines()))
            .orElse(end)
        : end;
  }

  private static String noSlug(String why) {
    return ("The release could not be started: its slug did not come from the object store in time (%s). This is not your app's"
            + " fault. Try again; if this keeps failing, contact your administrator.")
        .formatted(why);
  }

  static String noEnd(ReleaseVersion version, Duration limit) {
    return ("%s neither came up nor failed within %d minutes. Push again; if this keeps failing, contact your"
            + " administrator.")
        .formatted(version, limit.toMinutes());
  }
}
