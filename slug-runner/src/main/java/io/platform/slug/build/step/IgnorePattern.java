package io.platform.slug.build.step;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of {@code .slugignore}. Whether a path matches takes time in proportion to the lengths
 * of both: all ways to match are followed at once. A regular expression would try one after the
 * other, and can take hours.
 */
final class IgnorePattern {
  private enum Kind {
    /** One character. */
    LITERAL,
    /** {@code ?}: any character but a slash. */
    ONE,
    /** {@code *}: any number of them. */
    WITHIN_NAME,
    /** {@code **}: any number of any characters. */
    ACROSS_NAMES,
    /** Before directories of any number: there may be none. */
    DIRECTORIES,
    /** In them: they end with a slash. */
    IN_DIRECTORIES
  }

  private record Part(Kind kind, char literal) {}

  private final List<Part> parts = new ArrayList<>();

  /**
   * A pattern.
   *
   * @param tied whether it holds from the root on, and not in every directory
   */
  IgnorePattern(String glob, boolean tied) {
    if (!tied) {
      addDirectories();
    }
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        addDirectories();
        i += 2;
      } else if (glob.startsWith("**", i)) {
        add(Kind.ACROSS_NAMES);
        i++;
      } else if (c == '*') {
        add(Kind.WITHIN_NAME);
      } else if (c == '?') {
        add(Kind.ONE);
      } else {
        parts.add(new Part(Kind.LITERAL, c));
      }
    }
  }

  private void addDirectories() {
    add(Kind.DIRECTORIES);
    add(Kind.IN_DIRECTORIES);
  }

  private void add(Kind kind) {
    parts.add(new Part(kind, ' '));
  }

  boolean matches(String path) {
    BitSet now = new BitSet(parts.size() + 1);
    BitSet next = new BitSet(parts.size() + 1);
    enter(now, 0);
    for (int i = 0; i < path.length() && !now.isEmpty(); i++) {
      next.clear();
      for (int at = now.nextSetBit(0); at >= 0 && at < parts.size(); at = now.nextSetBit(at + 1)) {
        step(at, path.charAt(i), next);
      }
      BitSet before = now;
      now = next;
      next = before;
    }
    return now.get(parts.size());
  }

  private void step(int at, char c, BitSet next) {
    Part part = parts.get(at);
    boolean slash = c == '/';
    switch (part.kind()) {
      case LITERAL -> enterWhere(c == part.literal(), next, at + 1);
      case ONE -> enterWhere(!slash, next, at + 1);
      case WITHIN_NAME -> enterWhere(!slash, next, at);
      case ACROSS_NAMES -> enter(next, at);
      case DIRECTORIES -> {}
      case IN_DIRECTORIES -> {
        enter(next, at);
        enterWhere(slash, next, at + 1);
      }
    }
  }

  private void enterWhere(boolean fits, BitSet places, int at) {
    if (fits) {
      enter(places, at);
    }
  }

  /** A place in the pattern, and those behind it that need no character. */
  private void enter(BitSet places, int first) {
    int at = first;
    while (!places.get(at)) {
      places.set(at);
      Kind kind = at < parts.size() ? parts.get(at).kind() : Kind.LITERAL;
      switch (kind) {
        case WITHIN_NAME, ACROSS_NAMES -> at++;
        case DIRECTORIES -> {
          places.set(at + 1);
          at += 2;
        }
        case LITERAL, ONE, IN_DIRECTORIES -> {}
      }
    }
  }
}
