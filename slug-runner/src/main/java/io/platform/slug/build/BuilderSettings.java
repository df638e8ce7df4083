package io.platform.slug.build;

import io.platform.slug.ConfigVars;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A builder's settings, from environment variables.
 *
 * @param url the platform's base URL
 * @param build the build's id
 * @param work where all of the build happens
 * @param terminationLog where the report is written to as well, for Kubernetes
 * @param config the app's config vars
 * @param inherited what builds inherit: the environment, without what is the platform's
 */
record BuilderSettings(
    URI url,
    String build,
    String token,
    Path work,
    Optional<Path> terminationLog,
    Map<String, String> config,
    Map<String, String> inherited) {
  private static final String OURS = "PLATFORM_";

  /** All that is wrong with the environment, in one sentence. */
  static final class BadEnvironment extends Exception {
    private static final long serialVersionUID = 1L;

    BadEnvironment(String message) {
      super(message);
    }
  }

  static BuilderSettings from(Map<String, String> env) throws BadEnvironment {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("PLATFORM_URL", "PLATFORM_BUILD", "PLATFORM_TOKEN")) {
      if (env.getOrDefault(name, "").isBlank()) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new BadEnvironment(
          "The builder needs " + String.join(", ", missing) + " in its environment.");
    }
    Map<String, String> inherited = new TreeMap<>(env);
    inherited.keySet().removeIf(name -> name.startsWith(OURS));
    try {
      return new BuilderSettings(
          URI.create(env.getOrDefault("PLATFORM_URL", "")),
          env.getOrDefault("PLATFORM_BUILD", ""),
          env.getOrDefault("PLATFORM_TOKEN", ""),
          Path.of(env.getOrDefault("PLATFORM_WORK", "/work")).toAbsolutePath(),
          Optional.ofNullable(env.get("PLATFORM_TERMINATION_LOG")).map(Path::of),
          ConfigVars.of(env),
          inherited);
    } catch (IllegalArgumentException bad) {
      throw new BadEnvironment("PLATFORM_URL or PLATFORM_WORK is not valid: " + bad.getMessage());
    }
  }

  /** Without the token, and the config vars, whose values are secrets. */
  @Override
  public String toString() {
    return "BuilderSettings[build=" + build + ", url=" + url + ", work=" + work + "]";
  }
}
