package io.platform.failure;

import java.time.Duration;

/** Formats durations for messages. */
public final class TimeSpans {
  private TimeSpans() {}

  /** "5 minutes", "a minute". */
  public static String span(Duration time) {
    String words = words(time);
    return Character.isDigit(words.charAt(0)) ? words : "a " + words;
  }

  /** "5 minutes", "minute". Rounded: receiving the push took a part of the time. */
  static String words(Duration time) {
    long minutes = time.plusSeconds(30).toMinutes();
    if (minutes < 1) {
      long seconds = Math.max(1, time.toSeconds());
      return seconds == 1 ? "second" : "%d seconds".formatted(seconds);
    }
    return minutes == 1 ? "minute" : "%d minutes".formatted(minutes);
  }
}
