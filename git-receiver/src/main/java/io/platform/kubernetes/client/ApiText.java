package io.platform.kubernetes.client;

import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;

/** Makes a message of Kubernetes part of a sentence. */
public final class ApiText {
  private ApiText() {}

  /** One line, without the full stop at its end. */
  public static String inline(String text) {
    String line = TerminalText.inline(text.replaceAll("\\s+", " ").strip());
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /** What a program said last, of the end of its output. */
  public static String lastLine(String output) {
    return output
        .lines()
        .reduce((earlier, later) -> later)
        .map(line -> inline(LineFormat.isError(line) ? LineFormat.errorText(line) : line))
        .orElse("it said nothing");
  }

  /** The reason, and the message if there is one. */
  static String detail(String reason, String message) {
    return message.isEmpty() ? reason : "%s: %s".formatted(reason, inline(message));
  }
}
