package io.platform.cli.terminal;

import io.platform.commons.console.LineFormat;
import java.util.regex.Pattern;

/**
 * Text of a server, an app or a file name, fit to be printed: line feeds, tabs and colours (SGR,
 * ECMA-48 8.3.117) stay, and what else would control a terminal or turn the reading direction is
 * removed.
 */
public final class PrintableText {
  private static final Pattern COLOURS = Pattern.compile(LineFormat.COLOUR);
  private static final Pattern CONTROLS =
      Pattern.compile(
          "\033(?!\\[[0-9;:]*m)|[\\x00-\\x08\\x0b-\\x1a\\x1c-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]");

  /** What may stand in a text of JSON as it is (RFC 8259, section 7), and controls a terminal. */
  private static final Pattern CONTROLS_IN_JSON =
      Pattern.compile("[\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

  private PrintableText() {}

  /**
   * Removes what may not be printed.
   *
   * @param colours whether the reader can show them
   */
  public static String of(String text, boolean colours) {
    String printable = CONTROLS.matcher(text).replaceAll("");
    return colours ? printable : COLOURS.matcher(printable).replaceAll("");
  }

  /** The same JSON, with escapes for what may not be printed. */
  public static String json(String json) {
    return CONTROLS_IN_JSON
        .matcher(json)
        .replaceAll(it -> "\\\\u%04x".formatted((int) it.group().charAt(0)));
  }
}
