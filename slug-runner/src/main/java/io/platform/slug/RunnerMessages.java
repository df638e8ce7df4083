package io.platform.slug;

import java.util.Optional;

/** What a runner writes that the platform reads again. */
public final class RunnerMessages {
  private static final String NOT_YET = "The slug could not be fetched yet, trying again: ";

  private RunnerMessages() {}

  /**
   * Written while the slug does not come.
   *
   * @param why without a full stop
   */
  public static String slugNotYet(String why) {
    return NOT_YET + why + ".";
  }

  /** Why the slug does not come, where the line is {@link #slugNotYet}. */
  public static Optional<String> whyNotYet(String line) {
    return Optional.of(line.strip())
        .filter(text -> text.startsWith(NOT_YET) && text.endsWith("."))
        .map(text -> text.substring(NOT_YET.length(), text.length() - 1));
  }
}
