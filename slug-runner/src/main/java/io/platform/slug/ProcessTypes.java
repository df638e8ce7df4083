package io.platform.slug;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The processes that an app is made of: name to shell command, in the order of the Procfile.
 *
 * @param commands unmodifiable
 */
public record ProcessTypes(Map<String, String> commands) {
  /**
   * The most that {@link #toJson()} may take as bytes, so that a {@link BuildReport} always fits
   * its limit.
   */
  public static final int MAX_JSON_BYTES = 3072;

  /** The type that gets the app's HTTP traffic. */
  public static final String WEB = "web";

  /** The type that is a command of the release itself: no process of it keeps running. */
  public static final String RELEASE = "release";

  /** Why a release is refused that would take the web process away. */
  public static final String WEB_LOST =
      "This release would have no `web` process, and the live one has one: the app's URL would stop answering."
          + " Nothing was released.\nAdd `web: <command>` to the Procfile and push again, or, if that is what you want,"
          + " push with   git push -o no-web";

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  public ProcessTypes {
    commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
    for (Map.Entry<String, String> type : commands.entrySet()) {
      if (!NAME.matcher(type.getKey()).matches() || type.getValue().isBlank()) {
        throw new IllegalArgumentException("no process type: " + type.getKey());
      }
    }
  }

  public static ProcessTypes none() {
    return new ProcessTypes(Map.of());
  }

  public Optional<String> command(String name) {
    return Optional.ofNullable(commands.get(name));
  }

  public Set<String> names() {
    return commands.keySet();
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  /** {@code {"web":"node index.js"}}. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    commands.forEach(json::with);
    return json;
  }

  public static ProcessTypes from(JsonObject json) throws BadFormatException {
    try {
      return new ProcessTypes(json.strings());
    } catch (IllegalArgumentException bad) {
      throw new BadFormatException(
          "\"process_types\" has one that is not a name and a command", bad);
    }
  }
}
