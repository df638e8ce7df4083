package io.platform.auth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from an environment and gathers what is wrong with them. A setting that is wrong
 * reads as its default, so that the reader can go on and find the others. Values never stand in
 * errors: they may be secrets.
 */
final class Settings {

  private static final String PREFIX = "PLATFORM_AUTH_";
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  private final Function<String, @Nullable String> environment;
  private final List<String> errors = new ArrayList<>();

  Settings(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /** Ends the reading. */
  void requireNone() throws ConfigurationException {
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors);
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(environment.apply(PREFIX + name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  String required(String name, String example) {
    return text(name)
        .orElseGet(() -> {
          wrong(name, "is not set; give it a value like " + example);
          return "";
        });
  }

  /** A value, or the content of the file that the setting with {@code _FILE} at its end names. */
  Optional<String> secret(String name) {
    Optional<String> file = text(name + "_FILE");
    if (file.isEmpty()) {
      return text(name);
    }
    if (text(name).isPresent()) {
      wrong(name, "and " + PREFIX + name + "_FILE are both set; set one of them");
    }
    try {
      return Optional.of(Files.readString(Path.of(file.get())).strip())
          .filter(value -> !value.isEmpty());
    } catch (IOException e) {
      wrong(name + "_FILE", "names a file that cannot be read: " + file.get());
      return Optional.empty();
    }
  }

  int integer(String name, int otherwise) {
    return text(name)
        .map(value -> {
          try {
            return Integer.parseInt(value);
          } catch (NumberFormatException e) {
            wrong(name, "is not a whole number");
            return otherwise;
          }
        })
        .orElse(otherwise);
  }

  boolean flag(String name) {
    String value = text(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      wrong(name, "is neither true nor false");
    }
    return value.equals("true");
  }

  Duration duration(String name, Duration otherwise) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(value.get());
    if (!matcher.matches()) {
      wrong(name, "is not a duration like 45s, 15m, 12h or 30d");
      return otherwise;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  Optional<URI> url(String name, Function<URI, String> canonical) {
    Optional<String> value = text(name);
    try {
      return value.map(URI::create).map(canonical).map(URI::create);
    } catch (IllegalArgumentException e) {
      wrong(name, "is not a base URL like https://platform.example.com, without a path");
      return Optional.empty();
    }
  }

  /** Builds what refuses values of its own that are out of bounds. */
  <T> T bounded(String names, T otherwise, Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException e) {
      wrong(names, "is out of bounds: " + e.getMessage());
      return otherwise;
    }
  }

  void wrong(String name, String what) {
    errors.add(PREFIX + name + " " + what);
  }
}
