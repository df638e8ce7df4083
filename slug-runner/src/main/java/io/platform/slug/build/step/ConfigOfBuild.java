package io.platform.slug.build.step;

import io.platform.slug.AppJson;
import io.platform.slug.SecretSeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The config vars that a build has. */
public final class ConfigOfBuild {
  private ConfigOfBuild() {}

  /**
   * Those of the app; and before its first release is live, what its app.json declares for others,
   * as that release will have them.
   *
   * @param seed empty once a release is live
   */
  public static Map<String, String> of(
      Map<String, String> set, AppJson declared, Optional<SecretSeed> seed) {
    Map<String, String> config = new TreeMap<>(set);
    if (seed.isPresent()) {
      declared
          .env()
          .forEach((name, var) -> config.putIfAbsent(name, var.valueOf(name, seed.get())));
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
