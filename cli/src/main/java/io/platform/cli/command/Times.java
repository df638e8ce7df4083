package io.platform.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as people read them, in their own zone. */
public final class Times {
  private Times() {}

  /** The time of an RFC 3339 text; the text itself where it is none. */
  public static String of(String text, CommandContext context) {
    try {
      return show(OffsetDateTime.parse(text).toInstant(), context);
    } catch (DateTimeException unknown) {
      return text;
    }
  }

  /** The same as ISO 8601 has it, to the millisecond: {@code 2026-11-27T12:00:00.123}. */
  public static String withMillis(String text, CommandContext context) {
    try {
      var instant = OffsetDateTime.parse(text).toInstant();
      return String.format(
          Locale.ROOT,
          "%s.%03d",
          show(instant, context).replace(' ', 'T'),
          instant.get(ChronoField.MILLI_OF_SECOND));
    } catch (DateTimeException unknown) {
      return text;
    }
  }

  public static String date(Instant instant, CommandContext context) {
    return show(instant, context).substring(0, 10);
  }

  private static String show(Instant instant, CommandContext context) {
    var it = LocalDateTime.ofInstant(instant, context.zone().get());
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
