package io.platform.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Times as people read them, in their own zone. */
final class Times {
  private Times() {}

  /** The time of an RFC 3339 text; the text itself where it is none. */
  static String of(String text, Surroundings here) {
    try {
      return show(OffsetDateTime.parse(text).toInstant(), here);
    } catch (DateTimeException unknown) {
      return text;
    }
  }

  static String date(Instant instant, Surroundings here) {
    return show(instant, here).substring(0, 10);
  }

  private static String show(Instant instant, Surroundings here) {
    var it = LocalDateTime.ofInstant(instant, here.zone().get());
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02d %02d:%02d:%02d",
        it.getYear(),
        it.getMonthValue(),
        it.getDayOfMonth(),
        it.getHour(),
        it.getMinute(),
        it.getSecond());
  }
}
