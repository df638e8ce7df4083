package io.platform.git.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Expands {@code $Format:…$} in files with the attribute {@code export-subst}: gitattributes(5).
 */
final class ExportSubst {
  private static final byte[] BEGIN = "$Format:".getBytes(StandardCharsets.US_ASCII);

  /** Begin placeholders that git knows and {@link CommitPlaceholders} does not. */
  private static final String OTHERS = "CGgwmS(<>+- ";

  /** Times in words, which are true for a moment only. */
  private static final String TIMES_IN_WORDS = "rh";

  private final CommitPlaceholders placeholders;
  private final Map<String, Optional<byte[]>> values = new HashMap<>();

  ExportSubst(RevCommit commit) {
    placeholders = new CommitPlaceholders(commit);
  }

  /** A placeholder that is not expanded here. */
  static final class UnknownPlaceholder extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownPlaceholder(String placeholder) {
      super(placeholder, null, false, false);
    }

    String placeholder() {
      return String.valueOf(getMessage());
    }
  }

  /** The file has too many bytes after the substitution. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("", null, false, false);
    }
  }

  /**
   * The file with its formats expanded.
   *
   * @param most how many bytes it may have then
   */
  byte[] expand(byte[] file, int most) throws UnknownPlaceholder, TooLong {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    int written = 0;
    for (int begin = find(file, 0); begin >= 0; begin = find(file, written)) {
      int end = begin + BEGIN.length;
      while (end < file.length && file[end] != '$') {
        end++;
      }
      if (end == file.length) {
        break;
      }
      out.write(file, written, begin - written);
      format(file, begin + BEGIN.length, end, out, most);
      written = end + 1;
    }
    out.write(file, written, file.length - written);
    return out.toByteArray();
  }

  private static int find(byte[] file, int from) {
    for (int i = from; i <= file.length - BEGIN.length; i++) {
      int matched = 0;
      while (matched < BEGIN.length && file[i + matched] == BEGIN[matched]) {
        matched++;
      }
      if (matched == BEGIN.length) {
        return i;
      }
    }
    return -1;
  }

  private void format(byte[] file, int begin, int end, ByteArrayOutputStream out, int most)
      throws UnknownPlaceholder, TooLong {
    // One byte is one character here, so that other bytes stay what they are.
    String format = new String(file, begin, end - begin, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < format.length(); ) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        i += 1 + placeholder(format, i + 1, out);
      } else {
        out.write(c);
        i++;
      }
      if (out.size() > most) {
        throw new TooLong();
      }
    }
  }

  /** Writes what the placeholder at {@code begin} stands for; how many characters it has. */
  private int placeholder(String format, int begin, ByteArrayOutputStream out)
      throws UnknownPlaceholder {
    char first = format.charAt(begin);
    if (first == '%' || first == 'n') {
      out.write(first == '%' ? '%' : '\n');
      return 1;
    }
    if (first == 'x') {
      return hexadecimal(format, begin, out);
    }
    if (format.startsWith("(describe", begin) && format.indexOf(')', begin) > 0) {
      return format.indexOf(')', begin) + 1 - begin;
    }
    int length = (first == 'a' || first == 'c') && begin + 1 < format.length() ? 2 : 1;
    String name = format.substring(begin, begin + length);
    Optional<byte[]> value =
        values.computeIfAbsent(
            name,
            none -> placeholders.value(name).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    if (value.isPresent()) {
      out.writeBytes(value.get());
      return length;
    }
    if (OTHERS.indexOf(first) >= 0
        || (length == 2 && TIMES_IN_WORDS.indexOf(name.charAt(1)) >= 0)) {
      throw new UnknownPlaceholder("%" + shown(format, begin, length));
    }
    out.write('%');
    return 0;
  }

  private static int hexadecimal(String format, int begin, ByteArrayOutputStream out) {
    int high = begin + 2 < format.length() ? Character.digit(format.charAt(begin + 1), 16) : -1;
    int low = begin + 2 < format.length() ? Character.digit(format.charAt(begin + 2), 16) : -1;
    if (high < 0 || low < 0) {
      out.write('%');
      return 0;
    }
    out.write(high << 4 | low);
    return 3;
  }

  /** As far as it helps to find it. */
  private static String shown(String format, int begin, int length) {
    int close = format.charAt(begin) == '(' ? format.indexOf(')', begin) : -1;
    int end = close > 0 && close - begin < 40 ? close + 1 : begin + length;
    String text = format.substring(begin, end);
    return text.chars().allMatch(c -> c > ' ' && c < 127) ? text : "";
  }
}
