package io.platform.slug.build.step;

import io.platform.slug.AppJson;
import io.platform.slug.DeclaredVar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The config vars that a build has. */
public final class ConfigOfBuild {
  private ConfigOfBuild() {}

  /**
   * Those of the app; and before its first release is live, the values that its app.json declares
   * for others, as that release will have them. Secrets are made with the release.
   */
  public static Map<String, String> of(
      Map<String, String> set, AppJson declared, boolean firstDeploy) {
    Map<String, String> config = new TreeMap<>(set);
    if (firstDeploy) {
      declared
          .env()
          .forEach((name, var) -> {
            if (var instanceof DeclaredVar.Value(String value)) {
              config.putIfAbsent(name, value);
            }
          });
    }
    return config;
  }

  /**
   * Writes ENV_DIR, one file for each config var.
   *
   * @param directory it
   */
  public static void write(Map<String, String> config, Path directory) throws IOException {
    for (Map.Entry<String, String> variable : config.entrySet()) {
      if (!variable.getKey().contains("/")) {
        Files.writeString(
            directory.resolve(variable.getKey()), variable.getValue(), StandardCharsets.UTF_8);
      }
    }
  }
}
