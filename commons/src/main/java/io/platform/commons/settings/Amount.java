package io.platform.commons.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole number with a unit behind it, such as {@code 512m} or {@code 30s}.
 *
 * @param unit in lower case; empty if there is none
 */
record Amount(long count, String unit) {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15})\\s*([a-zA-Z]*)");
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);
  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /** Longer ones would not be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Empty if the text is not a number with or without a unit. */
  static Optional<Amount> parse(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Amount(Long.parseLong(matcher.group(1)), matcher.group(2).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /**
   * As bytes, in units of 1,024; empty for another unit.
   *
   * @throws ArithmeticException if it is more than a long holds
   */
  Optional<Long> bytes() {
    return Optional.ofNullable(BYTES.get(unit)).map(size -> Math.multiplyExact(count, size));
  }

  /** As a time; empty for another unit, and for more than a century. */
  Optional<Duration> time() {
    return Optional.ofNullable(TIMES.get(unit))
        .map(time -> time.multipliedBy(count))
        .filter(time -> time.compareTo(LONGEST) <= 0);
  }
}
