package io.platform.deployer.rollout;

import io.platform.app.Release;
import io.platform.app.Version;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The wording of what a pusher reads about a roll-out. */
final class RolloutMessages {
  private static final String BODY = "       ";

  private RolloutMessages() {}

  static String starting(Release release) {
    return "-----> Starting %s".formatted(release.version());
  }

  static String event(String text) {
    return text.lines().map(line -> BODY + line).collect(Collectors.joining("\n"));
  }

  /** The app's last lines; empty where there are none. */
  static String lastLines(List<String> lines) {
    return lines.isEmpty()
        ? BODY + "The app wrote nothing."
        : lines.stream()
            .flatMap(String::lines)
            .map(line -> BODY + "  " + line)
            .collect(Collectors.joining("\n", BODY + "The app's last lines:\n", ""));
  }

  static String noEnd(Version version, Duration limit) {
    return ("%s neither came up nor failed within %d minutes. Push again; if it stays so, tell the operator of the"
            + " platform.")
        .formatted(version, limit.toMinutes());
  }
}
