package io.platform.domain;

/** The ids of git commits. */
public final class CommitIds {
  private static final int BRIEF = 7;

  private CommitIds() {}

  /** Its first digits, as git shows it to people. */
  public static String brief(String commit) {
    return commit.substring(0, Math.min(BRIEF, commit.length()));
  }
}
