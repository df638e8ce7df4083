package io.platform.git.source;

import java.util.Optional;

/**
 * A pattern in quotation marks, with the escapes of C.
 *
 * @param text a character for each byte
 * @param end behind the closing quotation mark
 */
record QuotedPattern(String text, int end) {
  private static final String ESCAPES = "abfnrtv\\\"";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";

  /** Empty where there is no such thing, or a malformed one, which is no quotation then. */
  static Optional<QuotedPattern> parse(String line, int begin) {
    if (line.charAt(begin) != '"') {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    int i = begin + 1;
    while (i < line.length() && line.charAt(i) != '"') {
      char c = line.charAt(i);
      int escape = i + 1 < line.length() ? ESCAPES.indexOf(line.charAt(i + 1)) : -1;
      if (c != '\\') {
        text.append(c);
        i++;
      } else if (escape >= 0) {
        text.append(ESCAPED.charAt(escape));
        i += 2;
      } else if (isOctal(line, i + 1)) {
        text.append((char) Integer.parseInt(line, i + 1, i + 4, 8));
        i += 4;
      } else {
        return Optional.empty();
      }
    }
    return i < line.length()
        ? Optional.of(new QuotedPattern(text.toString(), i + 1))
        : Optional.empty();
  }

  /** Three digits that are a byte. */
  private static boolean isOctal(String line, int begin) {
    if (begin + 3 > line.length() || line.charAt(begin) < '0' || line.charAt(begin) > '3') {
      return false;
    }
    for (int i = begin + 1; i < begin + 3; i++) {
      if (line.charAt(i) < '0' || line.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
