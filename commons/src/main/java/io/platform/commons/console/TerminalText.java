package io.platform.commons.console;

import java.util.regex.Pattern;

/**
 * Removes control characters from text that buildpacks, apps or file names contain, before it is
 * shown in a terminal, a log file or a page. Colours may stay (SGR: {@code ESC [ … m}, ECMA-48
 * 8.3.117); what moves the cursor, talks to the terminal or changes the order of what is read does
 * not.
 */
public final class TerminalText {
  /** Overrides, embeddings and isolates of writing direction, and Unicode's line separators. */
  private static final String REORDERS =
      "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029";

  private static final Pattern NOT_COLOUR =
      Pattern.compile(
          "\u001b\\[(?![0-9;:]*m)[0-?]*[ -/]*[@-~]?" // CSI, except SGR
              + "|\u001b[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?" // OSC and other strings
              + "|\u001b(?!\\[)[ -/]*[0-~]?" // other escapes
              + "|[\\x00-\\x08\\x0a-\\x1a\\x1c-\\x1f\\x7f\u0080-\u009f"
              + REORDERS
              + "]");

  private static final Pattern COLOUR = Pattern.compile(LineFormat.COLOUR);
  private static final Pattern ENDS_RESET = Pattern.compile("(?s).*\u001b\\[0*m[^\u001b]*");

  private TerminalText() {}

  /**
   * One line of output, without its end: with colours, which end with it, so that they do not reach
   * the next; of what a carriage return overwrites, as progress bars do, the last is kept.
   */
  public static String line(String text) {
    if (isPlain(text)) {
      return text;
    }
    String line = NOT_COLOUR.matcher(lastOverwrite(text)).replaceAll("");
    return line.indexOf('\u001b') < 0 || ENDS_RESET.matcher(line).matches()
        ? line
        : line + LineFormat.RESET;
  }

  /** As {@link #line}, without colours. */
  public static String bare(String text) {
    return isPlain(text) ? text : COLOUR.matcher(line(text)).replaceAll("");
  }

  /**
   * A name or a text within a sentence: nothing but visible characters on one line. Others are
   * shown as Java writes them: <code>\n</code>, <code>&#92;u001b</code>.
   */
  public static String inline(String text) {
    if (isPlain(text) && text.indexOf('\t') < 0) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> visible.append("\\n");
        case '\r' -> visible.append("\\r");
        case '\t' -> visible.append("\\t");
        default -> {
          if (isPlain(c)) {
            visible.append(c);
          } else {
            visible.append("\\u").append("%04x".formatted((int) c));
          }
        }
      }
    }
    return visible.toString();
  }

  private static String lastOverwrite(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(text.lastIndexOf('\r', end - 1) + 1, end);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPlain(c) && c != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Whether a character is one of a line of text that neither controls nor reorders anything. */
  public static boolean isPlain(char c) {
    return c >= ' ' && (c < 0x7f || c >= 0xa0) && REORDERS.indexOf(c) < 0;
  }
}
