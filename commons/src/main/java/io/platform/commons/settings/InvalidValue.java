package io.platform.commons.settings;

/**
 * A setting's value that cannot be used. The message goes on after the setting's name: {@code must
 * be …, not '…'; …}.
 */
public final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_SHOWN = 100;

  /**
   * Tells what to write instead.
   *
   * @param wanted what the value must be, with examples
   * @param given the value, without secrets
   * @param hint what is wrong with this one; may be empty
   */
  public InvalidValue(String wanted, String given, String hint) {
    super(
        "must be %s, not %s%s".formatted(wanted, quoted(given), hint.isEmpty() ? "" : "; " + hint));
  }

  /** The value in quotes: on one line, and cut where it is long. */
  public static String quoted(String given) {
    String cut = given.length() > MOST_SHOWN ? given.substring(0, MOST_SHOWN) + "…" : given;
    StringBuilder shown = new StringBuilder("'");
    cut.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            shown.append("\\u%04x".formatted(c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.append('\'').toString();
  }
}
