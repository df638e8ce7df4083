package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * The formation of a process type.
 *
 * @param memory of each process in bytes; empty for what the platform gives every process
 * @param cpu in cores, likewise
 */
public record ScaleResponse(
    String type, int quantity, Optional<Long> memory, Optional<String> cpu, String command) {

  static ScaleResponse of(Map.Entry<String, JsonNode> member) {
    var json = member.getValue();
    return new ScaleResponse(
        member.getKey(),
        json.path("quantity").asInt(),
        Optional.of(json.path("memory")).filter(JsonNode::isNumber).map(JsonNode::asLong),
        JsonTree.text(json, "cpu"),
        json.path("command").asText());
  }
}
