package io.platform.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the command that a user may have meant by an unknown word. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The nearest of the words that are there; empty where none is near: one change for three
   * characters, at least one, and at most three.
   */
  public static Optional<String> nearest(String word, Collection<String> there) {
    int limit = Math.clamp(word.length() / 3, 1, 3);
    var lower = word.toLowerCase(Locale.ROOT);
    return there.stream()
        .filter(it -> !it.equals(word))
        .filter(it -> distance(lower, it) <= limit)
        .min(Comparator.comparingInt(it -> distance(lower, it)));
  }

  /** A sentence for the suggestion. */
  public static String didYouMean(String word) {
    return "Did you mean \"" + word + "\"?";
  }

  /**
   * How many characters are to be added, removed, changed, or swapped with their neighbour to make
   * one word of the other (optimal string alignment).
   */
  private static int distance(String one, String other) {
    var costs = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        costs[i][j] = cost(costs, one, other, i, j);
      }
    }
    return costs[one.length()][other.length()];
  }

  private static int cost(int[][] costs, String one, String other, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int changed = costs[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
    int least = Math.min(changed, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, costs[i - 2][j - 2] + 1) : least;
  }
}
