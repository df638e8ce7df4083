package io.platform.slug.build;

import java.util.regex.Pattern;

/**
 * Text for a terminal made fit for a log: colours stay, whatever moves the cursor or is not to be
 * seen goes.
 */
final class TerminalText {
  private static final Pattern NOT_COLOUR =
      Pattern.compile(
          "\u001b\\[(?![0-9;:]*m)[0-?]*[ -/]*[@-~]?" // CSI, except SGR
              + "|\u001b[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?" // OSC and other strings
              + "|\u001b(?!\\[)[ -/]*[0-~]?" // other escapes
              + "|[\\x00-\\x08\\x0b-\\x1a\\x1c-\\x1f\\x7f\u0080-\u009f]");

  private TerminalText() {}

  static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || (c >= 0x7f && c < 0xa0)) {
        return NOT_COLOUR.matcher(text).replaceAll("");
      }
    }
    return text;
  }
}
