package io.platform.slug.build.buildpack;

import io.platform.slug.BuildJob;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment of a buildpack's programs. Config vars are not in it: they are in ENV_DIR's
 * files.
 */
public final class BuildpackEnvironment {
  private static final String APP_DIR = "/app";

  /** What a shell tells of itself. */
  private static final List<String> SHELLS_OWN = List.of("OLDPWD", "PWD", "SHLVL", "_");

  private BuildpackEnvironment() {}

  public static Map<String, String> of(
      Map<String, String> inherited, BuildJob job, BuildDirectories directories) {
    Map<String, String> env = new TreeMap<>(inherited);
    env.keySet().removeIf(name -> name.startsWith("KUBERNETES_"));
    SHELLS_OWN.forEach(env::remove);
    env.remove("JAVA_TOOL_OPTIONS");
    env.remove("JDK_JAVA_OPTIONS");
    env.putIfAbsent("LANG", "C.UTF-8");
    env.put("HOME", directories.home().toString());
    env.put("TMPDIR", directories.tmp().toString());
    env.put("APP_DIR", APP_DIR);
    env.put("STACK", job.stack());
    env.put("REQUEST_ID", job.build());
    env.put("PYTHONUNBUFFERED", "1");
    job.commit().ifPresent(commit -> env.put("SOURCE_VERSION", commit));
    return env;
  }
}
