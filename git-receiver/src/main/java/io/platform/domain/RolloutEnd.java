package io.platform.domain;

import java.util.List;

/** How the roll-out of a release ended. */
public sealed interface RolloutEnd {
  /** It answers, and has the traffic. */
  record Live() implements RolloutEnd {}

  /**
   * It did not come up within the limit. The current release keeps running.
   *
   * @param message why, in a sentence
   * @param lastLines the app's last lines, oldest first
   */
  record Failed(String message, List<String> lastLines) implements RolloutEnd {
    /** Copies the lines. */
    public Failed {
      lastLines = List.copyOf(lastLines);
    }
  }

  /** Another release is wanted now. */
  record Superseded() implements RolloutEnd {}
}
