package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A process of an app.
 *
 * @param reason why it is not up
 * @param memory in bytes; empty where the server cannot tell
 * @param cpu in cores, likewise
 * @param node where it runs; empty on one machine
 */
public record ProcessResponse(
    String name,
    String release,
    String status,
    Optional<String> reason,
    Optional<String> since,
    int restarts,
    Optional<Long> memory,
    Optional<Double> cpu,
    Optional<String> command,
    Optional<String> node) {

  static ProcessResponse of(JsonNode json) {
    return new ProcessResponse(
        json.path("name").asText(),
        json.path("release").asText(),
        json.path("status").asText(),
        JsonTree.text(json, "reason"),
        JsonTree.text(json, "since"),
        json.path("restarts").asInt(),
        Optional.of(json.path("memory")).filter(JsonNode::isNumber).map(JsonNode::asLong),
        Optional.of(json.path("cpu")).filter(JsonNode::isNumber).map(JsonNode::asDouble),
        JsonTree.text(json, "command"),
        JsonTree.text(json, "node"));
  }
}
