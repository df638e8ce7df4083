package io.platform.slug.run;

import io.platform.slug.ConfigVars;
import io.platform.slug.ProcessTypes;
import io.platform.slug.RunnerVariables;
import io.platform.slug.SlugExitCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A runner's settings, from environment variables.
 *
 * @param url the platform's base URL
 * @param release the release's id
 * @param process the process type to become
 * @param appDirectory where the slug goes, and the app's HOME
 * @param command in place of that of the process type, or the name of another type
 * @param store where to store the slug for other runners, and to end then
 * @param slug where another runner has stored it
 * @param inside whether the slug is unpacked already
 * @param waits whether to stay as the parent of the app, see {@link AppStartCommand}
 * @param inherited what the app gets: the environment, without what is the platform's, and with
 *     what it has for the app alone
 */
record RunnerSettings(
    URI url,
    String release,
    String token,
    String process,
    Optional<String> command,
    Optional<Path> store,
    Optional<Path> slug,
    boolean inside,
    Path appDirectory,
    boolean waits,
    Map<String, String> inherited) {
  private static final String OURS = "PLATFORM_";

  /** What apps see of the platform's. */
  private static final Set<String> FOR_APPS =
      Set.of("PLATFORM_APP", "PLATFORM_NAMESPACE", "PLATFORM_PROCESS", "PLATFORM_RELEASE_VERSION");

  static RunnerSettings from(Map<String, String> env) throws RunFailure {
    boolean inside = env.getOrDefault(RunnerVariables.INSIDE, "").equals("true");
    if (!inside && !env.containsKey(RunnerVariables.SLUG)) {
      requireWhatFetches(env);
    }
    String init = env.getOrDefault(RunnerVariables.INIT, "exec");
    if (!init.equals("exec") && !init.equals("wait")) {
      throw bad("PLATFORM_INIT is `" + init + "`; it can be `exec` or `wait`.");
    }
    Map<String, String> inherited = new TreeMap<>(env);
    inherited.keySet().removeIf(name -> name.startsWith(OURS) && !FOR_APPS.contains(name));
    inherited.putAll(ConfigVars.of(env));
    name(env).ifPresent(name -> inherited.put("DYNO", name));
    inherited.putAll(MemoryDefaults.of(env.getOrDefault("PLATFORM_MEMORY", ""), inherited));
    try {
      Path app = Path.of(env.getOrDefault("PLATFORM_APP_DIR", "/app"));
      if (!app.isAbsolute() || app.getNameCount() == 0) {
        throw bad(
            "PLATFORM_APP_DIR is `"
                + app
                + "`; it must be an absolute path, and its content is replaced.");
      }
      return new RunnerSettings(
          URI.create(env.getOrDefault("PLATFORM_URL", "")),
          env.getOrDefault("PLATFORM_RELEASE", ""),
          env.getOrDefault("PLATFORM_TOKEN", ""),
          env.getOrDefault("PLATFORM_PROCESS", ProcessTypes.WEB),
          Optional.ofNullable(env.get(RunnerVariables.COMMAND)),
          Optional.ofNullable(env.get(RunnerVariables.STORE_SLUG)).map(Path::of),
          Optional.ofNullable(env.get(RunnerVariables.SLUG)).map(Path::of),
          inside,
          app,
          init.equals("wait"),
          inherited);
    } catch (IllegalArgumentException malformed) {
      throw bad(
          "PLATFORM_URL, or a path in the environment, is not valid: " + malformed.getMessage());
    }
  }

  private static void requireWhatFetches(Map<String, String> env) throws RunFailure {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("PLATFORM_URL", "PLATFORM_RELEASE", "PLATFORM_TOKEN")) {
      if (env.getOrDefault(name, "").isBlank()) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw bad("The runner needs " + String.join(", ", missing) + " in its environment.");
    }
  }

  /**
   * The name of the process, such as {@code web.x7k2p}: what the platform calls it, or else its
   * type and the end of the pod's name, which is the host's.
   */
  private static Optional<String> name(Map<String, String> env) {
    if (env.containsKey("DYNO")) {
      return Optional.of(env.getOrDefault("DYNO", ""));
    }
    String type = env.getOrDefault("PLATFORM_PROCESS", ProcessTypes.WEB);
    return Optional.ofNullable(env.get("HOSTNAME"))
        .map(host -> type + "." + host.substring(host.lastIndexOf('-') + 1));
  }

  private static RunFailure bad(String sentence) {
    return new RunFailure(SlugExitCode.RUNNER_BAD_ENVIRONMENT, sentence);
  }

  /** Without the token and the config vars. */
  @Override
  public String toString() {
    return "RunnerSettings[release=" + release + ", process=" + process + "]";
  }
}
