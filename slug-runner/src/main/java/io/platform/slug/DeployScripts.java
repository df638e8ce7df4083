package io.platform.slug;

import java.util.Optional;

/**
 * Shell commands of an app.json that run at deploys.
 *
 * @param predeploy runs before a release gets traffic ({@code scripts.dokku.predeploy})
 * @param postdeploy runs when a release has the traffic ({@code scripts.dokku.postdeploy})
 * @param firstPostdeploy runs once, when the app's first release has the traffic ({@code
 *     scripts.postdeploy})
 */
public record DeployScripts(
    Optional<String> predeploy, Optional<String> postdeploy, Optional<String> firstPostdeploy) {
  /** There are none. */
  public static final DeployScripts NONE =
      new DeployScripts(Optional.empty(), Optional.empty(), Optional.empty());

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    predeploy.ifPresent(command -> json.with("predeploy", command));
    postdeploy.ifPresent(command -> json.with("postdeploy", command));
    firstPostdeploy.ifPresent(command -> json.with("first_postdeploy", command));
    return json;
  }

  static DeployScripts from(JsonObject json) throws BadFormatException {
    return new DeployScripts(
        json.optionalString("predeploy"),
        json.optionalString("postdeploy"),
        json.optionalString("first_postdeploy"));
  }
}
