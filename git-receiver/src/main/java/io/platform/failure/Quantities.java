package io.platform.failure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Formats sizes and times for messages. */
public final class Quantities {
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");

  private Quantities() {}

  /** "0 B", "1.5 KiB", "16 GiB". */
  public static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    String number = value == Math.rint(value) ? "%.0f" : "%.1f";
    return String.format(Locale.ROOT, number, value) + " " + UNITS.get(unit);
  }

  /** "3 s", "1.5 s". */
  public static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /** "24 h" where it is whole hours, and as {@link #time} otherwise. */
  public static String hours(Duration time) {
    return time.toHours() > 0 && time.toMinutes() % 60 == 0 ? time.toHours() + " h" : time(time);
  }

  /** "42 s", "3 min"; rounded down. */
  public static String time(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : Math.max(0, time.toSeconds()) + " s";
  }
}
