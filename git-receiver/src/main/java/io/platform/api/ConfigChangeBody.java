package io.platform.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.service.ConfigChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of a change of config vars: a string sets one, null unsets it. */
final class ConfigChangeBody {
  private ConfigChangeBody() {}

  static ConfigChange read(ObjectNode json) {
    List<String> errors = new ArrayList<>();
    Map<String, Optional<String>> change = new LinkedHashMap<>();
    json.properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          if (!value.isTextual() && !value.isNull()) {
            errors.add("The value of %s is neither a string nor null.".formatted(member.getKey()));
          }
          change.put(
              member.getKey(),
              Optional.of(value).filter(JsonNode::isTextual).map(JsonNode::asText));
        });
    return new ConfigChange(change, errors);
  }
}
