package io.platform.api;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory as people write it: {@code 512M}, {@code 1.5G}, {@code 2GiB}; units of 1024. */
final class MemorySize {
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,3}))?([KMGT])(?:i?B)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "KMGT";

  private MemorySize() {}

  /** In bytes; empty where the text is no size. */
  static Optional<Long> parse(String text) {
    Matcher size = TEXT.matcher(text.strip());
    if (!size.matches()) {
      return Optional.empty();
    }
    int unit = UNITS.indexOf(size.group(3).toUpperCase(Locale.ROOT)) + 1;
    String fraction = size.group(2) == null ? "0" : size.group(2);
    double number = Double.parseDouble(size.group(1) + "." + fraction);
    return Optional.of(Math.round(number * Math.pow(1024, unit)));
  }
}
