package io.platform.testing.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a query, held against those of an operation. */
final class QuerySchemas {
  private QuerySchemas() {}

  /** What of the query the operation's {@code parameters} do not allow. */
  static List<String> mismatches(JsonNode parameters, String query, BodySchemas schemas) {
    Map<String, String> given = parse(query);
    List<String> found = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      String name = parameter.path("name").asText();
      if (!parameter.path("in").asText().equals("query")) {
        continue;
      }
      String value = given.remove(name);
      if (value != null) {
        schemas
            .mismatches(parameter.path("schema"), typed(value, parameter.path("schema")))
            .forEach(what -> found.add("parameter " + name + what.replaceFirst("^\\$", "")));
      } else if (parameter.path("required").asBoolean()) {
        found.add("there is no parameter " + name);
      }
    }
    given.keySet().forEach(name -> found.add("openapi.json has no parameter " + name));
    return found;
  }

  /** A query has text alone: what it stands for is up to the schema. */
  private static JsonNode typed(String value, JsonNode schema) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (schema.path("type").asText().equals("string")) {
      return json.textNode(value);
    }
    if (value.equals("true") || value.equals("false")) {
      return json.booleanNode(value.equals("true"));
    }
    return value.matches("-?\\d{1,18}")
        ? json.numberNode(Long.parseLong(value))
        : json.textNode(value);
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> values = new HashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      values.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return values;
  }
}
