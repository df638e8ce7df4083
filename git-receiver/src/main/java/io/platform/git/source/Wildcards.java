package io.platform.git.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A pattern with wildcards as gitignore(5) has them. All ways to match are followed at once, so
 * that the time is bounded by the pattern's length times the text's, whatever the pattern.
 */
final class Wildcards {
  private sealed interface Token {}

  /** One byte of a set. */
  private record One(BitSet bytes) implements Token {}

  /**
   * Any number of bytes.
   *
   * @param slashes whether slashes are among them
   */
  private record Many(boolean slashes) implements Token {}

  /** Any number of directories, each with its slash: two asterisks before a slash. */
  private record Directories() implements Token {}

  private final List<Token> tokens;

  private Wildcards(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a pattern; empty where it is malformed, so that it matches nothing.
   *
   * @param paths whether slashes are matched by slashes alone
   */
  static Optional<Wildcards> parse(byte[] pattern, boolean paths) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < pattern.length) {
      switch (pattern[i]) {
        case '*' -> {
          int begin = i;
          while (i < pattern.length && pattern[i] == '*') {
            i++;
          }
          if (!paths) {
            tokens.add(new Many(true));
          } else if (i - begin >= 2 && isBoundary(pattern, begin, i)) {
            if (i < pattern.length && pattern[i] == '/') {
              tokens.add(new Directories());
              i++;
            } else {
              tokens.add(new Many(true));
            }
          } else {
            tokens.add(new Many(false));
          }
        }
        case '?' -> {
          BitSet any = new BitSet(256);
          any.set(0, 256);
          tokens.add(one(any, paths));
          i++;
        }
        case '[' -> {
          ByteClass set = ByteClass.parse(pattern, i);
          if (set == null) {
            return Optional.empty();
          }
          tokens.add(one(set.bytes(), paths));
          i = set.end();
        }
        case '\\' -> {
          if (i + 1 == pattern.length) {
            return Optional.empty();
          }
          tokens.add(literal(pattern[i + 1]));
          i += 2;
        }
        default -> tokens.add(literal(pattern[i++]));
      }
    }
    return Optional.of(new Wildcards(tokens));
  }

  /** Two asterisks are more than one only as all of a path's part. */
  private static boolean isBoundary(byte[] pattern, int begin, int end) {
    return (begin == 0 || pattern[begin - 1] == '/')
        && (end == pattern.length
            || pattern[end] == '/'
            || (pattern[end] == '\\' && end + 1 < pattern.length && pattern[end + 1] == '/'));
  }

  private static One one(BitSet bytes, boolean paths) {
    if (paths) {
      bytes.clear('/');
    }
    return new One(bytes);
  }

  private static One literal(byte b) {
    BitSet bytes = new BitSet(256);
    bytes.set(b & 0xff);
    return new One(bytes);
  }

  /** Whether all of the text matches; its steps are counted. */
  boolean matches(byte[] text, int begin, int end, MatchBudget budget)
      throws SourceFaultsException {
    int length = end - begin;
    boolean[] at = new boolean[length + 1]; // what was matched so far may end here
    boolean[] next = new boolean[length + 1];
    at[0] = true;
    int first = 0;
    int last = 0;
    for (Token token : tokens) {
      budget.take(last - first + 1L);
      int newFirst = -1;
      int newLast = -1;
      int reach = token instanceof One ? Math.min(last, length - 1) : length;
      boolean open = false;
      Arrays.fill(next, first, length + 1, false);
      for (int i = first; i <= reach; i++) {
        boolean here = i <= last && at[i];
        int to = -1;
        switch (token) {
          case One one -> to = here && one.bytes.get(text[begin + i] & 0xff) ? i + 1 : -1;
          case Many many -> {
            open = here || (open && (many.slashes || text[begin + i - 1] != '/'));
            to = open ? i : -1;
          }
          case Directories directories -> {
            open |= here;
            if (here) {
              next[i] = true;
              newFirst = newFirst < 0 ? i : newFirst;
              newLast = Math.max(newLast, i);
            }
            to = open && i < length && text[begin + i] == '/' ? i + 1 : -1;
          }
        }
        if (to >= 0) {
          next[to] = true;
          newFirst = newFirst < 0 ? to : newFirst;
          newLast = Math.max(newLast, to);
        }
      }
      if (newFirst < 0) {
        return false;
      }
      if (!(token instanceof One)) {
        budget.take(length);
      }
      boolean[] free = at;
      at = next;
      next = free;
      first = newFirst;
      last = newLast;
    }
    return last == length && at[length];
  }
}
