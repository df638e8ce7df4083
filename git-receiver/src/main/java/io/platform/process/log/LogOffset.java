package io.platform.process.log;

import io.platform.domain.LogPosition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place between two lines of a log. Both numbers go on over all files of the log, also over those
 * that were removed.
 *
 * @param bytes how many bytes are before it
 * @param lines how many lines are before it
 */
record LogOffset(long bytes, long lines) {
  static final LogOffset BEGINNING = new LogOffset(0, 0);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

  /** The place that a position tells of; empty where another runtime made it. */
  static Optional<LogOffset> of(LogPosition position) {
    Matcher numbers = TEXT.matcher(position.text());
    return numbers.matches()
        ? Optional.of(
            new LogOffset(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2))))
        : Optional.empty();
  }

  LogPosition position() {
    return new LogPosition(bytes + "." + lines);
  }

  /** The place one line further on. */
  LogOffset after(int lineBytes) {
    return new LogOffset(bytes + lineBytes, lines + 1);
  }
}
