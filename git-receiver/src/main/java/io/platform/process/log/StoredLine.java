package io.platform.process.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.console.TerminalText;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A line as the files of a log have it: {@code 2026-11-27T12:00:00.123456Z app web.1 text}, in
 * UTF-8. The process is {@code -} where there is none; an event of the app has its id behind the
 * source, as {@code platform#17}. Control characters of the text and backslashes are escaped as in
 * JSON, so that a file can be shown on a terminal.
 *
 * @param event the id of the app's event that the line tells of; 0 for other lines
 */
record StoredLine(
    Instant at, LogSource source, long event, Optional<ProcessName> process, String text) {
  private static final String NO_PROCESS = "-";

  /** What follows the time in a file, with the line's end. */
  static String afterTime(
      LogSource source, long event, Optional<ProcessName> process, String text) {
    StringBuilder line = new StringBuilder(text.length() + 32);
    line.append(' ').append(source.word());
    if (event > 0) {
      line.append('#').append(event);
    }
    line.append(' ').append(process.map(ProcessName::toString).orElse(NO_PROCESS)).append(' ');
    escape(text, line);
    return line.append('\n').toString();
  }

  /** A line without its end; empty where it is none of ours. */
  static Optional<StoredLine> parse(byte[] bytes, int from, int length) {
    String[] parts = new String(bytes, from, length, UTF_8).split(" ", 4);
    if (parts.length < 4) {
      return Optional.empty();
    }
    int hash = parts[1].indexOf('#');
    Optional<LogSource> source = LogSource.of(hash < 0 ? parts[1] : parts[1].substring(0, hash));
    try {
      Instant at = Instant.parse(parts[0]);
      long event = hash < 0 ? 0 : Long.parseLong(parts[1].substring(hash + 1));
      return source.map(known ->
          new StoredLine(at, known, event, ProcessName.parse(parts[2]), unescape(parts[3])));
    } catch (DateTimeException | NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  private static void escape(String text, StringBuilder to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        to.append("\\\\");
      } else if (c == '\t' || TerminalText.isPlain(c)) {
        to.append(c);
      } else {
        to.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          to.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      }
    }
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\' && text.startsWith("\\u", i) && i + 6 <= text.length()) {
        plain.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
        i += 6;
      } else {
        i += c == '\\' ? 2 : 1;
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
