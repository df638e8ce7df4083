package io.platform.git.source;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The brackets of a pattern: {@code [a-z]}, {@code [!0-9]}, {@code [[:alpha:]_]}.
 *
 * @param end behind the closing bracket
 */
record ByteClass(BitSet bytes, int end) {
  /** Reads what begins with the bracket at {@code begin}; null where it is malformed. */
  static @Nullable ByteClass parse(byte[] pattern, int begin) {
    BitSet bytes = new BitSet(256);
    int i = begin + 1;
    boolean negated = i < pattern.length && (pattern[i] == '!' || pattern[i] == '^');
    if (negated) {
      i++;
    }
    int before = 0; // what a range may begin with
    for (boolean first = true; first || (i < pattern.length && pattern[i] != ']'); first = false) {
      if (i >= pattern.length) {
        return null;
      }
      int c = pattern[i] & 0xff;
      int classEnd = c == '[' ? classEnd(pattern, i) : -1;
      if (c == '[' && i + 1 < pattern.length && pattern[i + 1] == ':' && classEnd == 0) {
        return null;
      }
      if (classEnd > 0) {
        IntPredicate named =
            named(new String(pattern, i + 2, classEnd - i - 3, StandardCharsets.ISO_8859_1));
        if (named == null) {
          return null;
        }
        for (int b = 0; b < 128; b++) {
          bytes.set(b, bytes.get(b) || named.test(b));
        }
        before = 0;
        i = classEnd + 1;
      } else if (c == '-' && before != 0 && i + 1 < pattern.length && pattern[i + 1] != ']') {
        i++;
        if (pattern[i] == '\\' && ++i >= pattern.length) {
          return null;
        }
        int last = pattern[i] & 0xff;
        if (before <= last) {
          bytes.set(before, last + 1);
        }
        before = 0;
        i++;
      } else {
        if (c == '\\') {
          if (++i >= pattern.length) {
            return null;
          }
          c = pattern[i] & 0xff;
        }
        bytes.set(c);
        before = c;
        i++;
      }
    }
    if (i >= pattern.length) {
      return null;
    }
    if (negated) {
      bytes.flip(0, 256);
    }
    return new ByteClass(bytes, i + 1);
  }

  /**
   * Where {@code [:name:]} has its closing bracket; -1 where it is no such thing; 0 where no
   * bracket follows at all.
   */
  private static int classEnd(byte[] pattern, int begin) {
    if (begin + 1 >= pattern.length || pattern[begin + 1] != ':') {
      return -1;
    }
    for (int i = begin + 2; i < pattern.length; i++) {
      if (pattern[i] == ']') {
        return i > begin + 2 && pattern[i - 1] == ':' ? i : -1;
      }
    }
    return 0;
  }

  private static @Nullable IntPredicate named(String name) {
    return switch (name) {
      case "alnum" -> c -> isLetter(c) || isDigit(c);
      case "alpha" -> ByteClass::isLetter;
      case "blank" -> c -> c == ' ' || c == '\t';
      case "cntrl" -> c -> c < ' ' || c == 127;
      case "digit" -> ByteClass::isDigit;
      case "graph" -> c -> c > ' ' && c < 127;
      case "lower" -> c -> c >= 'a' && c <= 'z';
      case "print" -> c -> c >= ' ' && c < 127;
      case "punct" -> c -> c > ' ' && c < 127 && !isLetter(c) && !isDigit(c);
      case "space" -> c -> c == ' ' || (c >= '\t' && c <= '\r');
      case "upper" -> c -> c >= 'A' && c <= 'Z';
      case "xdigit" -> c -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      default -> null;
    };
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
