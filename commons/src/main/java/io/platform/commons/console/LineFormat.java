package io.platform.commons.console;

/**
 * The lines that git clients and the command show, as on Heroku: a heading has an arrow, what
 * belongs to it is indented by seven spaces, and an error has an exclamation mark. Colours are SGR
 * sequences (ECMA-48 8.3.117), the only control sequences that git passes on. This class alone
 * spells the marks and the colours. It does not make a text fit: that must be one line, and must
 * not control the terminal.
 */
public final class LineFormat {
  /** A regular expression for a colour. */
  public static final String COLOUR = "\u001b\\[[0-9;:]*m";

  /** Ends all colours. */
  public static final String RESET = "\u001b[0m";

  private static final String HEADING = "-----> ";
  private static final String BODY = "       ";
  private static final String ERROR = " !     ";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";

  private LineFormat() {}

  /** The begin of a step. */
  public static String heading(String text) {
    return HEADING + text;
  }

  /** A line of a step. */
  public static String body(String text) {
    return BODY + text;
  }

  /** A line of an error. */
  public static String error(String text) {
    return ERROR + text;
  }

  /** Whether a line is a heading. */
  public static boolean isHeading(String line) {
    return line.startsWith(HEADING);
  }

  /** Whether a line belongs to a step. */
  public static boolean isBody(String line) {
    return line.startsWith(BODY);
  }

  /** Whether a line is one of an error. */
  public static boolean isError(String line) {
    return line.startsWith(ERROR);
  }

  /** The text of a line of an error that a buildpack wrote. */
  public static String errorText(String line) {
    return line.substring(ERROR.length());
  }

  /** The text in bold. */
  public static String bold(String text) {
    return BOLD + text + RESET;
  }

  /** The text in red. */
  public static String red(String text) {
    return RED + text + RESET;
  }

  /** The text in green. */
  public static String green(String text) {
    return GREEN + text + RESET;
  }
}
