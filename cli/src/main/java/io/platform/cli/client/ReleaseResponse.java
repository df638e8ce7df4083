package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A release.
 *
 * @param message why it failed, if it did
 * @param json as the server sent it
 */
public record ReleaseResponse(
    String version,
    String status,
    boolean current,
    String description,
    Optional<String> user,
    Optional<String> message,
    String created,
    JsonNode json) {

  static ReleaseResponse of(JsonNode json) {
    return new ReleaseResponse(
        json.path("version").asText(),
        json.path("status").asText(),
        json.path("current").asBoolean(),
        json.path("description").asText(),
        JsonTree.text(json, "user"),
        JsonTree.text(json, "message"),
        json.path("created_at").asText(),
        json);
  }

  public boolean isPending() {
    return status.equals("pending");
  }

  /** It came up; a later one may have taken its place since. */
  public boolean isUp() {
    return status.equals("live") || status.equals("superseded");
  }
}
