package io.platform.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads settings from environment variables. A value that cannot be read counts as the default
 * until {@link #check}, which tells all of them at once. The values themselves are never told: some
 * are secrets.
 */
public final class Settings {
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

  private static final URI NO_URL = URI.create("");

  private final Map<String, String> environment;
  private final List<String> errors = new ArrayList<>();
  private final TreeSet<String> known = new TreeSet<>();

  /** Settings in this environment. */
  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A whole number within bounds, both included. */
  public int number(String name, int defaultValue, int min, int max) {
    return read(
        name,
        defaultValue,
        "a whole number from %d to %d".formatted(min, max),
        text -> {
          int value = Integer.parseInt(text);
          return value >= min && value <= max ? Optional.of(value) : Optional.empty();
        });
  }

  /** An amount of bytes: a number, with k, m, g or t behind it for powers of 1,024. */
  public long bytes(String name, long defaultValue) {
    return read(
        name,
        defaultValue,
        "an amount of bytes such as 512m or 2g",
        text ->
            amount(text)
                .flatMap(
                    m -> Optional.ofNullable(BYTES.get(m.unit())).map(unit -> m.count() * unit)));
  }

  /** A time: a number with ms, s, m, h or d behind it. */
  public Duration time(String name, Duration defaultValue) {
    return read(
        name,
        defaultValue,
        "a time such as 30s, 15m or 12h",
        text ->
            amount(text)
                .flatMap(m ->
                    Optional.ofNullable(TIMES.get(m.unit()))
                        .map(unit -> unit.multipliedBy(m.count()))));
  }

  /** Yes or no. */
  public boolean flag(String name, boolean defaultValue) {
    return read(
        name,
        defaultValue,
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "1" -> Optional.of(true);
              case "false", "no", "0" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** An absolute http or https URL without a path. */
  public Optional<URI> baseUrl(String name) {
    URI url = read(name, NO_URL, "a URL such as https://platform.example.com", Settings::baseUrlOf);
    return url.equals(NO_URL) ? Optional.empty() : Optional.of(url);
  }

  /**
   * The URL without its trailing slash, where it is an absolute http or https URL without a path.
   */
  public static Optional<URI> baseUrlOf(String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean good =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getRawPath().isEmpty()
              && url.getRawQuery() == null
              && url.getRawUserInfo() == null;
      return good ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Ends the reading.
   *
   * @param prefix variables that start with it and that nobody read are spelled wrong, and told too
   * @param others names with the prefix that others read
   */
  public void check(String prefix, List<String> others) throws BadSettings {
    environment.keySet().stream()
        .filter(name -> name.startsWith(prefix) && !known.contains(name) && !others.contains(name))
        .sorted()
        .forEach(name ->
            errors.add(
                "%s is no setting; see docs/configuration.md for those there are".formatted(name)));
    if (!errors.isEmpty()) {
      throw new BadSettings(errors);
    }
  }

  private <T> T read(
      String name, T defaultValue, String wanted, Function<String, Optional<T>> parse) {
    known.add(name);
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return defaultValue;
    }
    Optional<T> value;
    try {
      value = parse.apply(text);
    } catch (NumberFormatException | ArithmeticException e) {
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      errors.add("%s must be %s".formatted(name, wanted));
    }
    return value.orElse(defaultValue);
  }

  private record Amount(long count, String unit) {}

  private static Optional<Amount> amount(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Amount(Long.parseLong(matcher.group(1)), matcher.group(2).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
