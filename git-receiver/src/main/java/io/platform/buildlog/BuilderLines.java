package io.platform.buildlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Filters a builder's output for a build's log. A buildpack can send lines of its own to the
 * platform, so the rule is applied where they arrive:
 *
 * <ul>
 *   <li>A heading ({@code -----> Node.js app detected}) stays, where it is plain ASCII and says
 *       nothing that only the platform says of a push ("Released", "Received", …).
 *   <li>Everything else is indented by at least seven spaces, as the body of a heading: other
 *       arrows, and lines with an exclamation mark. What begins a line with " ! " is the
 *       platform's, and so is the heading "Released …".
 *   <li>Of what controls a terminal only colours stay, see {@link TerminalText}; a line that is
 *       longer than {@link #LONGEST} bytes becomes several.
 * </ul>
 */
public final class BuilderLines {
  /** The most bytes of a line; as on Heroku. */
  static final int LONGEST = 10_000;

  private static final Pattern ASCII = Pattern.compile("[\\x20-\\x7e]*");
  private static final Pattern PLATFORMS =
      Pattern.compile(
          "\\b(released|received|rejected|deployed|running at)\\b", Pattern.CASE_INSENSITIVE);

  private BuilderLines() {}

  /**
   * Whole lines as the log takes them.
   *
   * @param lines in UTF-8, each with a line feed; what is not UTF-8 becomes U+FFFD
   */
  public static byte[] accept(byte[] lines) {
    ByteArrayOutputStream accepted = new ByteArrayOutputStream(lines.length + lines.length / 4);
    int start = 0;
    while (start < lines.length) {
      int end = endOfLine(lines, start);
      String line = new String(Arrays.copyOfRange(lines, start, end), UTF_8);
      accepted.writeBytes(accept(line).getBytes(UTF_8));
      accepted.write('\n');
      start = end < lines.length && lines[end] == '\n' ? end + 1 : end;
    }
    return accepted.toByteArray();
  }

  /** One line, without its end. */
  static String accept(String text) {
    String line = TerminalText.line(text);
    String bare = TerminalText.bare(text);
    if (bare.isBlank()) {
      return "";
    }
    if (LineFormat.isBody(line) || isHeading(bare)) {
      return line;
    }
    return LineFormat.body(bare.stripLeading().startsWith("!") ? bare.stripLeading() : line);
  }

  private static boolean isHeading(String bare) {
    return LineFormat.isHeading(bare)
        && ASCII.matcher(bare).matches()
        && !PLATFORMS.matcher(bare).find();
  }

  /** Of the next piece: a line, or the longest part of one that cuts no character in two. */
  private static int endOfLine(byte[] lines, int start) {
    int most = Math.min(lines.length, start + LONGEST);
    for (int i = start; i < most; i++) {
      if (lines[i] == '\n') {
        return i;
      }
    }
    int end = most;
    while (end < lines.length && end > most - 4 && (lines[end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }
}
