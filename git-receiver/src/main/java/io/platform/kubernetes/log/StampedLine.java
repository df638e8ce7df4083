package io.platform.kubernetes.log;

import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A line with its time, before it has a place in the app's log.
 *
 * @param at as the container runtime stamped it, in nanoseconds
 * @param from the pod; it orders lines of the same time
 */
record StampedLine(
    Instant at, String from, LogSource source, Optional<ProcessName> process, String text) {
  /** Lines of one origin and time are in the order in which they came. */
  static final Comparator<StampedLine> BY_TIME =
      Comparator.comparing(StampedLine::at).thenComparing(StampedLine::from);

  /** What it takes in memory, about. */
  int bytes() {
    return 200 + 2 * text.length();
  }
}
