package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A build.
 *
 * @param settled its release is live or was given up, and its log is closed
 * @param json as the server sent it
 */
public record BuildResponse(
    String id,
    String status,
    String commit,
    Optional<String> pusher,
    Optional<String> release,
    Optional<String> message,
    Optional<String> outcome,
    String created,
    boolean settled,
    JsonNode json) {

  static BuildResponse of(JsonNode json) {
    return new BuildResponse(
        json.path("id").asText(),
        json.path("status").asText(),
        JsonTree.text(json, "commit").orElse(""),
        JsonTree.text(json, "pusher"),
        JsonTree.text(json, "release"),
        JsonTree.text(json, "message"),
        JsonTree.text(json, "outcome"),
        json.path("created_at").asText(),
        JsonTree.text(json, "settled_at").isPresent(),
        json);
  }

  /** Did it succeed, and did its release come up? */
  public boolean isDeployed() {
    return status.equals("succeeded") && !outcome.equals(Optional.of("rejected"));
  }
}
