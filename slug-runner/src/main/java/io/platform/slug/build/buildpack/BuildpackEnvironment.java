package io.platform.slug.build.buildpack;

import io.platform.slug.BuildJob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of a buildpack's programs. Config vars are not in it: they are in ENV_DIR's
 * files.
 */
public final class BuildpackEnvironment {
  private static final String APP_DIR = "/app";

  /** What a shell tells of itself. */
  private static final List<String> SHELLS_OWN = List.of("OLDPWD", "PWD", "SHLVL", "_");

  /** Config vars that would change or break the build itself, as Heroku has them. */
  private static final Set<String> NOT_WHILE_BUILDING =
      Set.of(
          "BUILD_DIR",
          "CPATH",
          "CPPATH",
          "GIT_DIR",
          "HOME",
          "LANG",
          "LD_LIBRARY_PATH",
          "LD_PRELOAD",
          "LIBRARY_PATH",
          "PATH",
          "PORT",
          "TMPDIR");

  private BuildpackEnvironment() {}

  public static Map<String, String> of(
      Map<String, String> inherited, BuildJob job, BuildDirectories directories) {
    Map<String, String> env = new TreeMap<>(inherited);
    env.keySet().removeIf(name -> name.startsWith("KUBERNETES_"));
    removeShellsOwn(env);
    env.remove("JAVA_TOOL_OPTIONS");
    env.remove("JDK_JAVA_OPTIONS");
    env.putIfAbsent("LANG", "C.UTF-8");
    env.put("HOME", directories.home().toString());
    env.put("TMPDIR", directories.tmp().toString());
    env.put("APP_DIR", APP_DIR);
    env.put("STACK", job.stack());
    env.put("REQUEST_ID", job.build());
    env.put("BUILDPACK_LOG_FILE", directories.tmp().resolve("buildpack.log").toString());
    env.put("PYTHONUNBUFFERED", "1");
    job.commit().ifPresent(commit -> env.put("SOURCE_VERSION", commit));
    return env;
  }

  /** With the config vars that do not change or break the build itself. */
  public static Map<String, String> withConfig(
      Map<String, String> environment, Map<String, String> config) {
    Map<String, String> env = new TreeMap<>(environment);
    config.forEach((name, value) -> {
      if (!NOT_WHILE_BUILDING.contains(name)) {
        env.put(name, value);
      }
    });
    return env;
  }

  static void removeShellsOwn(Map<String, String> env) {
    SHELLS_OWN.forEach(env::remove);
  }
}
