package io.platform.domain;

import java.util.Optional;

/** The number of a release in its app: v1, v2, … without gaps. */
public record ReleaseVersion(int number) implements Comparable<ReleaseVersion> {
  /** Refuses numbers below 1. */
  public ReleaseVersion {
    if (number < 1) {
      throw new IllegalArgumentException("a version starts at v1, not at v" + number);
    }
  }

  /** Reads {@code v3} or {@code 3}; empty where the text is no version. */
  public static Optional<ReleaseVersion> parse(String text) {
    String digits = text.startsWith("v") ? text.substring(1) : text;
    return digits.matches("[1-9][0-9]{0,8}")
        ? Optional.of(new ReleaseVersion(Integer.parseInt(digits)))
        : Optional.empty();
  }

  @Override
  public int compareTo(ReleaseVersion other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "v" + number;
  }
}
