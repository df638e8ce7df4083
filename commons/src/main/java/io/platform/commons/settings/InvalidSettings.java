package io.platform.commons.settings;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Some settings are invalid; the message lists all of them. */
public final class InvalidSettings extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidSettings(List<String> errors) {
    super(
        IntStream.range(0, errors.size())
            .mapToObj(i -> "%d. %s".formatted(i + 1, errors.get(i)))
            .collect(Collectors.joining("\n", "The settings cannot be used:\n", "")));
  }
}
