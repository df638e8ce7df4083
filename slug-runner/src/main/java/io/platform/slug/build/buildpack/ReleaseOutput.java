package io.platform.slug.build.buildpack;

import io.platform.slug.BadFormatException;
import io.platform.slug.ProcessTypes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@code bin/release} tells. {@code addons} is not for this platform.
 *
 * @param processTypes the default ones
 * @param configVars defaults of config vars, unmodifiable
 */
public record ReleaseOutput(ProcessTypes processTypes, Map<String, String> configVars) {
  /** Nothing. */
  public static final ReleaseOutput NONE = new ReleaseOutput(ProcessTypes.none(), Map.of());

  /** Copies the map. */
  public ReleaseOutput {
    configVars = Collections.unmodifiableMap(new LinkedHashMap<>(configVars));
  }

  /**
   * Reads its YAML.
   *
   * @throws BadFormatException where it is none; the message names the line, without a full stop
   */
  public static ReleaseOutput read(List<String> lines) throws BadFormatException {
    Map<String, Map<String, String>> yaml = ReleaseYaml.read(lines);
    Map<String, String> types = new LinkedHashMap<>();
    for (Map.Entry<String, String> type :
        yaml.getOrDefault("default_process_types", Map.of()).entrySet()) {
      if (!type.getValue().isBlank()) {
        types.put(type.getKey(), type.getValue());
      }
    }
    try {
      return new ReleaseOutput(new ProcessTypes(types), yaml.getOrDefault("config_vars", Map.of()));
    } catch (IllegalArgumentException e) {
      throw new BadFormatException(
          "a default process type has a name with other characters than letters, digits, - and _",
          e);
    }
  }
}
