package io.platform.git.source;

import java.util.Arrays;
import java.util.Optional;

/**
 * A pattern of {@code .gitattributes}, which says the paths that a line is for: gitattributes(5),
 * whose patterns are those of gitignore(5) without negation.
 */
final class AttributePattern {
  private static final Optional<Wildcards> NO_WILDCARDS = Wildcards.parse(new byte[0], true);

  /** Whether it ends with a slash and is for directories alone. */
  private final boolean directories;

  /** Whether it has no other slash, and is matched with names rather than paths. */
  private final boolean anywhere;

  /** What it begins with, up to the first wildcard. */
  private final byte[] literal;

  /** What follows; empty where that is malformed and matches nothing. */
  private final Optional<Wildcards> wildcards;

  private AttributePattern(
      boolean directories, boolean anywhere, byte[] literal, Optional<Wildcards> wildcards) {
    this.directories = directories;
    this.anywhere = anywhere;
    this.literal = literal;
    this.wildcards = wildcards;
  }

  static AttributePattern parse(byte[] text) {
    int end = text.length;
    boolean directories = end > 0 && text[end - 1] == '/';
    if (directories) {
      end--;
    }
    boolean anywhere = true;
    for (int i = 0; i < end; i++) {
      anywhere &= text[i] != '/';
    }
    int begin = !anywhere && text[0] == '/' ? 1 : 0;
    int wild = begin;
    while (wild < end && !isSpecial(text[wild])) {
      wild++;
    }
    byte[] rest = Arrays.copyOfRange(text, wild, end);
    return new AttributePattern(
        directories,
        anywhere,
        Arrays.copyOfRange(text, begin, wild),
        rest.length == 0 ? NO_WILDCARDS : Wildcards.parse(rest, !anywhere));
  }

  private static boolean isSpecial(byte b) {
    return b == '*' || b == '?' || b == '[' || b == '\\';
  }

  /**
   * Whether it is for a path.
   *
   * @param path without a slash at its end
   * @param name where the last part of the path begins
   * @param base where the path goes on behind the directory that the {@code .gitattributes} is in
   */
  boolean matches(byte[] path, int name, int base, boolean directory, MatchBudget budget)
      throws SourceFaultsException {
    budget.take(1);
    int begin = anywhere ? name : base;
    if ((directories && !directory) || path.length - begin < literal.length) {
      return false;
    }
    int end = begin + literal.length;
    if (!Arrays.equals(path, begin, end, literal, 0, literal.length)) {
      return false;
    }
    return wildcards.isPresent() && wildcards.get().matches(path, end, path.length, budget);
  }
}
