package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.domain.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a change of config vars may be. The sentences name names, never values. */
final class ConfigChangeRequest {
  /**
   * Bytes of all names and values of an app; the kernel takes 128 KB for one string of an
   * environment.
   */
  static final int MAX_TOTAL = 64 * 1024;

  private static final String RESERVED_PREFIX = "PLATFORM_";

  private ConfigChangeRequest() {}

  /** A present value sets, an empty one (null in JSON) unsets. */
  static Map<String, Optional<String>> read(ObjectNode json, Config before) {
    List<String> errors = new ArrayList<>();
    Map<String, Optional<String>> change = new LinkedHashMap<>();
    json.properties()
        .forEach(member -> {
          checkName(member.getKey(), errors);
          checkValue(member.getKey(), member.getValue(), errors);
          change.put(
              member.getKey(),
              Optional.of(member.getValue()).filter(JsonNode::isTextual).map(JsonNode::asText));
        });
    if (change.isEmpty()) {
      errors.add("Nothing is to be changed: name at least one config var.");
    }
    int total = total(before.with(change));
    if (total > MAX_TOTAL) {
      errors.add(
          "All config vars together would take %d bytes, and may take %d."
              .formatted(total, MAX_TOTAL));
    }
    Validation.refuse(errors);
    return change;
  }

  private static void checkName(String name, List<String> errors) {
    if (!Config.NAME.matcher(name).matches()) {
      errors.add(
          "'%s' is no name for a config var: use letters, digits and underscores, with no digit first, 128 at most."
              .formatted(name));
    } else if (name.equals("PORT") || name.startsWith(RESERVED_PREFIX)) {
      errors.add("%s is set by the platform itself: choose another name.".formatted(name));
    }
  }

  private static void checkValue(String name, JsonNode value, List<String> errors) {
    if (!value.isTextual() && !value.isNull()) {
      errors.add("The value of %s is neither a string nor null.".formatted(name));
    } else if (value.isTextual() && value.asText().indexOf('\0') >= 0) {
      errors.add(
          "The value of %s has a NUL character, which no environment can hold.".formatted(name));
    }
  }

  private static int total(Config config) {
    return config.vars().entrySet().stream()
        .mapToInt(v -> v.getKey().getBytes(UTF_8).length + v.getValue().getBytes(UTF_8).length)
        .sum();
  }
}
