package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The stored objects of an app that retention would remove.
 *
 * @param bytes of all the objects
 * @param releases those that cannot be rolled back to any more
 */
public record RetentionPreview(List<StoredObject> objects, long bytes, List<String> releases) {

  /** One object; kind and reason in the server's words. */
  public record StoredObject(String build, String kind, long size, String stored, String reason) {
    private static StoredObject of(JsonNode json) {
      return new StoredObject(
          json.path("build").asText(),
          json.path("kind").asText(),
          json.path("size").asLong(),
          json.path("stored_at").asText(),
          json.path("reason").asText());
    }
  }

  /** From the server's answer. */
  public static RetentionPreview of(JsonNode json) {
    return new RetentionPreview(
        JsonTree.list(json.path("objects"), StoredObject::of),
        json.path("bytes").asLong(),
        JsonTree.list(json.path("releases"), JsonNode::asText));
  }
}
