package io.platform.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.name.VariableNameRule;
import io.platform.domain.Config;
import io.platform.slug.ConfigVars;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of config vars. Its sentences name names, never values.
 *
 * @param vars a present value sets, an empty one unsets
 * @param malformed what could not be read of it, in sentences: told with all else that is wrong
 */
public record ConfigChange(Map<String, Optional<String>> vars, List<String> malformed) {
  /**
   * Bytes of all names and values of an app; the kernel takes 128 KB for one string of an
   * environment.
   */
  public static final int MAX_TOTAL = 64 * 1024;

  /** Copies both; the order of the map stays. */
  public ConfigChange {
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    malformed = List.copyOf(malformed);
  }

  /** All that is wrong with it for an app that has this config. */
  List<String> errors(Config before) {
    List<String> errors = new ArrayList<>(malformed);
    vars.forEach((name, value) -> {
      checkName(name, errors);
      if (value.filter(text -> !UTF_8.newEncoder().canEncode(text)).isPresent()) {
        errors.add(
            "The value of %s is no valid Unicode: it has half of a surrogate pair."
                .formatted(name));
      }
      if (value.filter(text -> text.indexOf('\0') >= 0).isPresent()) {
        errors.add(
            "The value of %s has a NUL character, which no environment can hold.".formatted(name));
      }
    });
    if (vars.isEmpty()) {
      errors.add("Nothing is to be changed: name at least one config var.");
    }
    int total = total(before.with(vars));
    if (total > MAX_TOTAL) {
      errors.add(
          "All config vars together would take %d bytes, and may take %d."
              .formatted(total, MAX_TOTAL));
    }
    return errors;
  }

  private static void checkName(String name, List<String> errors) {
    if (!VariableNameRule.allows(name)) {
      errors.add(
          "'%s' is no name for a config var: use letters, digits and underscores, with no digit first, 128 at most."
              .formatted(name));
    } else if (ConfigVars.isReserved(name)) {
      errors.add("%s is set by the platform itself: choose another name.".formatted(name));
    }
  }

  private static int total(Config config) {
    return config.vars().entrySet().stream()
        .mapToInt(v -> v.getKey().getBytes(UTF_8).length + v.getValue().getBytes(UTF_8).length)
        .sum();
  }
}
