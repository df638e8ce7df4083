package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An app.
 *
 * @param branch the deploy branch, once it is known
 * @param release the live one
 * @param json as the server sent it
 */
public record AppResponse(
    AppName name,
    String url,
    String gitUrl,
    Optional<String> branch,
    Optional<String> release,
    String status,
    String created,
    JsonNode json) {

  /** Whether the live release, where there is one, has a process that answers at the URL. */
  public boolean hasWeb() {
    return !status.equals("no_web");
  }

  /** The status in words: {@code running}, {@code crashed}, {@code no web}, … */
  public String state() {
    return status.replace('_', ' ') + (maintenance() ? ", maintenance" : "");
  }

  /** Whether visitors get a page instead of the app. */
  public boolean maintenance() {
    return json.path("maintenance").asBoolean();
  }

  /** How many processes of which type should run: {@code web=2 worker=1}, or {@code -}. */
  public String formation() {
    var types =
        json.path("formation").properties().stream()
            .filter(it -> it.getValue().asInt() > 0)
            .map(it -> it.getKey() + "=" + it.getValue().asInt())
            .toList();
    return types.isEmpty() ? "-" : String.join(" ", types);
  }

  static AppResponse of(JsonNode json) {
    return new AppResponse(
        new AppName(json.path("namespace").asText(), json.path("name").asText()),
        json.path("url").asText(),
        json.path("git_url").asText(),
        JsonTree.text(json, "branch"),
        JsonTree.text(json, "release"),
        json.path("status").asText(),
        json.path("created_at").asText(),
        json);
  }
}
