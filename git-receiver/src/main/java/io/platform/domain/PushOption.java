package io.platform.domain;

import java.util.Arrays;
import java.util.Optional;

/** The options that a push can have beside its refs: {@code git push -o <word>}. */
public enum PushOption {
  /** The release may lack the process type {@code web} that the live one has. */
  NO_WEB("no-web"),

  /** The build begins without what earlier builds have left in the cache. */
  NO_CACHE("no-cache");

  private final String word;

  PushOption(String word) {
    this.word = word;
  }

  /** As git and the database say it. */
  public String word() {
    return word;
  }

  /** The option that a word means. */
  public static Optional<PushOption> of(String word) {
    return Arrays.stream(values()).filter(option -> option.word.equals(word)).findFirst();
  }
}
