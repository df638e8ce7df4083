package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A build.
 *
 * @param settled its release is live or was given up, and its log is closed
 * @param json as the server sent it
 */
public record Build(
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

  static Build of(JsonNode json) {
    return new Build(
        json.path("id").asText(),
        json.path("status").asText(),
        Json.text(json, "commit").orElse(""),
        Json.text(json, "pusher"),
        Json.text(json, "release"),
        Json.text(json, "message"),
        Json.text(json, "outcome"),
        json.path("created_at").asText(),
        Json.text(json, "settled_at").isPresent(),
        json);
  }

  /** Did it succeed, and did its release come up? */
  public boolean isDeployed() {
    return status.equals("succeeded") && !outcome.equals(Optional.of("rejected"));
  }
}
