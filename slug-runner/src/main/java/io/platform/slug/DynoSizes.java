package io.platform.slug;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much memory the sizes have that an app.json names (devcenter.heroku.com/articles/dyno-types).
 */
final class DynoSizes {
  private static final Map<String, Integer> MEGABYTES =
      Map.ofEntries(
          Map.entry("free", 512),
          Map.entry("hobby", 512),
          Map.entry("eco", 512),
          Map.entry("basic", 512),
          Map.entry("standard-1x", 512),
          Map.entry("standard-2x", 1024),
          Map.entry("performance-m", 2560),
          Map.entry("performance-l", 14 * 1024),
          Map.entry("performance-l-ram", 30 * 1024),
          Map.entry("performance-xl", 62 * 1024),
          Map.entry("performance-2xl", 126 * 1024));

  private DynoSizes() {}

  /** Empty where no size has this name; capitals do not count. */
  static Optional<Integer> megabytes(String name) {
    return Optional.ofNullable(MEGABYTES.get(name.toLowerCase(Locale.ROOT)));
  }
}
