package io.platform.kubernetes.client;

import io.platform.commons.console.TerminalText;

/** Makes a message of Kubernetes part of a sentence. */
public final class ApiText {
  private ApiText() {}

  /** One line, without the full stop at its end. */
  public static String inline(String text) {
    String line = TerminalText.inline(text.replaceAll("\\s+", " ").strip());
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /** The reason, and the message if there is one. */
  static String detail(String reason, String message) {
    return message.isEmpty() ? reason : "%s: %s".formatted(reason, inline(message));
  }
}
