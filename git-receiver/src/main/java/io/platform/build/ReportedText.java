package io.platform.build;

import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;
import java.util.stream.Collectors;

/**
 * The message in a builder's report. Whoever holds a build's token can write anything there, and it
 * is shown in pushes and in lists of builds and releases: it must not read as the platform's own
 * lines.
 */
final class ReportedText {
  /** Lines of a message; a report as a whole is at most 4 KiB. */
  private static final int MAX_LINES = 50;

  private ReportedText() {}

  /** A message of one or more lines, without control characters and colours. */
  static String message(String text) {
    return text.lines()
        .limit(MAX_LINES)
        .map(TerminalText::bare)
        .map(ReportedText::indented)
        .collect(Collectors.joining("\n"));
  }

  /**
   * Headings ({@code ----->}) and errors ({@code !}) at the beginning of a line are the platform's.
   */
  private static String indented(String line) {
    String words = line.strip();
    return words.startsWith("--") || words.startsWith("!") || words.startsWith("==")
        ? LineFormat.body(words)
        : line;
  }
}
