package io.platform.commons.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads settings from environment variables. A value that cannot be read counts as the default
 * until {@link #check}, which tells all of them at once: what each must be, and what was given.
 * Free text and secrets are never told.
 */
public final class SettingsReader {
  /** What the JVM puts where it cannot decode a variable of the environment. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final String A_URL = "a URL such as https://platform.example.com";
  private static final List<String> LOG_LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG");

  private final Map<String, String> environment;
  private final List<String> errors = new ArrayList<>();
  private final TreeSet<String> known = new TreeSet<>();

  /** Settings in this environment. */
  public SettingsReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A whole number. */
  public int number(String name, int defaultValue) {
    return read(name, defaultValue, "a whole number", text -> Optional.of(Integer.parseInt(text)));
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
        text -> Amount.parse(text).flatMap(Amount::bytes).filter(bytes -> bytes > 0));
  }

  /** A time: a number with ms, s, m, h or d behind it; more than 0, and up to a century. */
  public Duration time(String name, Duration defaultValue) {
    return read(
        name,
        defaultValue,
        "a time such as 30s, 15m or 12h, from 1ms to 36500d",
        text -> Amount.parse(text).flatMap(Amount::time).filter(Duration::isPositive));
  }

  /** As {@link #time}; 0s, too. */
  public Duration timeOrZero(String name, Duration defaultValue) {
    return read(
        name,
        defaultValue,
        "a time such as 0s, 30s, 15m or 12h, up to 36500d",
        text -> Amount.parse(text).flatMap(Amount::time));
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

  /**
   * The log level, which logback reads itself and would take as DEBUG where it does not know it.
   */
  public String logLevel(String name) {
    return read(
        name,
        "INFO",
        "one of " + String.join(", ", LOG_LEVELS),
        text -> LOG_LEVELS.stream().filter(text::equalsIgnoreCase).findFirst());
  }

  /** An absolute http or https URL without a path. */
  public Optional<URI> baseUrl(String name) {
    return text(name).flatMap(text -> checked(name, () -> BaseUrl.parse(text)));
  }

  /**
   * The address that a server binds.
   *
   * @param portSetting the setting that takes the port
   */
  public ListenAddress address(String name, String defaultValue, String portSetting) {
    return text(name)
        .flatMap(text -> checked(name, () -> ListenAddress.parse(text, portSetting)))
        .orElse(new ListenAddress(defaultValue));
  }

  /** Where a file or directory is. */
  public Optional<Path> path(String name) {
    return text(name)
        .flatMap(text -> {
          try {
            return Optional.of(Path.of(text));
          } catch (InvalidPathException e) {
            wrong(name, "the path of a file or directory, not " + InvalidValue.quoted(text));
            return Optional.empty();
          }
        });
  }

  @FunctionalInterface
  private interface Parse<T> {
    T value() throws InvalidValue;
  }

  private <T> Optional<T> checked(String name, Parse<T> parse) {
    try {
      return Optional.of(parse.value());
    } catch (InvalidValue e) {
      errors.add(name + " " + e.getMessage());
      return Optional.empty();
    }
  }

  /** As {@link #baseUrl}; where it is not set, {@link #check} tells. */
  public URI requiredBaseUrl(String name) {
    return baseUrl(name)
        .orElseGet(() -> {
          if (environment.getOrDefault(name, "").isBlank()) {
            errors.add("%s is not set; it must be %s".formatted(name, A_URL));
          }
          return URI.create("http://" + name.toLowerCase(Locale.ROOT).replace('_', '-'));
        });
  }

  /** Text as it is, without the blanks around it. */
  public Optional<String> text(String name) {
    String value = read(name, "", "text", Optional::of);
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** As {@link #text}; where it is not set, {@link #check} tells. */
  public String requiredText(String name, String example) {
    return text(name)
        .orElseGet(() -> {
          errors.add("%s is not set; give it a value such as %s".formatted(name, example));
          return example;
        });
  }

  /**
   * A secret: the value, or the first line of the file that the setting with {@code _FILE} at its
   * end names.
   */
  public Optional<String> secret(String name) {
    Optional<String> value = text(name);
    Optional<String> file = fileInstead(name, value);
    return value.isPresent()
        ? value
        : file.flatMap(
            path -> lines(name, path).stream().findFirst().filter(line -> !line.isEmpty()));
  }

  /** As {@link #secret}; where it is not set, {@link #check} tells. */
  public String requiredSecret(String name) {
    Optional<String> secret = secret(name);
    if (secret.isEmpty()) {
      missingSecret(name);
    }
    return secret.orElse("");
  }

  /**
   * Secrets: the values, separated by commas or white space, or the lines of the file that the
   * setting with {@code _FILE} at its end names, without empty ones and those that begin with
   * {@code #}.
   */
  public List<String> secrets(String name) {
    Optional<String> value = text(name);
    Optional<String> file = fileInstead(name, value);
    return value
        .map(text -> Stream.of(text.split("[,\\s]+", -1)).filter(word -> !word.isEmpty()).toList())
        .orElseGet(() ->
            file.map(path -> lines(name, path)).orElse(List.of()).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
  }

  /** As {@link #secrets}; where there is none, {@link #check} tells. */
  public List<String> requiredSecrets(String name) {
    List<String> secrets = secrets(name);
    if (secrets.isEmpty()) {
      missingSecret(name);
    }
    return secrets;
  }

  private void missingSecret(String name) {
    errors.add(
        "%s is not set; give it a value, or name a file with it in %s_FILE".formatted(name, name));
  }

  /** The file that a secret is in; {@link #check} tells if the value is given, too. */
  private Optional<String> fileInstead(String name, Optional<String> value) {
    Optional<String> file = text(name + "_FILE");
    if (value.isPresent() && file.isPresent()) {
      errors.add("%s and %s_FILE are both set; set one of them".formatted(name, name));
    }
    return file;
  }

  /** The lines of a secret's file without the blanks around them. */
  private List<String> lines(String name, String path) {
    try (Stream<String> lines = Files.lines(Path.of(path))) {
      return lines.map(String::strip).toList();
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      errors.add("%s_FILE must name a file that can be read".formatted(name));
      return List.of();
    }
  }

  /** Tells, with the others, what a setting that was read turned out to be. */
  public void wrong(String name, String wanted) {
    errors.add("%s must be %s".formatted(name, wanted));
  }

  /**
   * Makes what refuses values that break its rules, in a message that says which. That message is
   * told, so it must not repeat a secret.
   *
   * @param names of the settings that the values come from
   */
  public <T> T valid(String names, T defaultValue, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      errors.add("%s cannot be used: %s".formatted(names, e.getMessage()));
      return defaultValue;
    }
  }

  /**
   * Ends the reading.
   *
   * @param prefix variables that start with it and that nobody read are spelled wrong, and told too
   * @param others names with the prefix that others read
   */
  public void check(String prefix, List<String> others) throws InvalidSettings {
    environment.keySet().stream()
        .filter(name -> name.startsWith(prefix) && !known.contains(name) && !others.contains(name))
        .sorted()
        .forEach(name ->
            errors.add(
                "%s is not a setting; docs/configuration.md lists all settings".formatted(name)));
    check();
  }

  /** Ends the reading, whatever other variables there are. */
  public void check() throws InvalidSettings {
    if (!errors.isEmpty()) {
      throw new InvalidSettings(errors);
    }
  }

  private <T> T read(
      String name, T defaultValue, String wanted, Function<String, Optional<T>> parse) {
    known.add(name);
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return defaultValue;
    }
    if (text.indexOf(REPLACEMENT) >= 0) {
      errors.add("%s is not valid UTF-8".formatted(name));
      return defaultValue;
    }
    Optional<T> value;
    try {
      value = parse.apply(text);
    } catch (NumberFormatException | ArithmeticException e) {
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      errors.add("%s must be %s, not %s".formatted(name, wanted, InvalidValue.quoted(text)));
    }
    return value.orElse(defaultValue);
  }
}
