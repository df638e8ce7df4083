package io.platform.domain;

import java.util.regex.Pattern;

/**
 * A place in an app's log, after a line. Only the runtime that made it can read it; others keep it
 * and hand it back.
 *
 * @param text 1 to 512 letters, digits and {@code .:_-}, so that it fits into a URL and a header as
 *     it is
 */
public record LogPosition(String text) {
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9.:_-]{1,512}");

  /** Refuses other characters. */
  public LogPosition {
    if (!isValid(text)) {
      throw new IllegalArgumentException("no position in a log: " + text);
    }
  }

  /** Whether a text can be a position. */
  public static boolean isValid(String text) {
    return TEXT.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
