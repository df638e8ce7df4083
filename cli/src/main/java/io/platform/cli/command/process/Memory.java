package io.platform.cli.command.process;

import java.util.Locale;

/** Memory as people read it: in units of 1024 and as {@code platform ps resize} takes it. */
final class Memory {
  private static final String[] UNITS = {"B", "K", "M", "G", "T"};

  private Memory() {}

  /** Such as {@code 512M} or {@code 1.5G}; rounded to a tenth. */
  static String text(long bytes) {
    double number = bytes;
    int unit = 0;
    while (number >= 1024 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "") + UNITS[unit];
  }
}
