package io.platform.release;

import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutEnd;
import io.platform.slug.TerminalText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The wording of what a pusher reads about a roll-out. */
final class RolloutMessages {
  private static final String BODY = "       ";

  private RolloutMessages() {}

  static String starting(Release release) {
    return "-----> Starting %s".formatted(release.version());
  }

  static String event(String text) {
    return text.lines()
        .map(line -> BODY + TerminalText.line(line))
        .collect(Collectors.joining("\n"));
  }

  /** The app's last lines; empty where there are none. */
  static String lastLines(List<String> lines) {
    return lines.isEmpty()
        ? BODY + "The app wrote nothing."
        : lines.stream()
            .flatMap(String::lines)
            .map(line -> BODY + "  " + TerminalText.line(line))
            .collect(Collectors.joining("\n", BODY + "The app's last lines:\n", ""));
  }

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
