package io.platform.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The sources of lines in an app's log. */
public enum LogSource {
  /** A process of the app. */
  APP,
  /** The platform: releases, scaling, crashes, restarts, config changes. */
  PLATFORM,
  /** The proxy, one line for each request. */
  ROUTER;

  /** As users write it: {@code app}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The source that a word names. */
  public static Optional<LogSource> of(String word) {
    return Arrays.stream(values()).filter(source -> source.word().equals(word)).findFirst();
  }
}
