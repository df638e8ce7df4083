package io.platform.slug;

import java.util.Map;
import java.util.TreeMap;

/**
 * Hands config vars to builder and runner as environment variables with a prefix. Without it, some
 * such as JAVA_TOOL_OPTIONS, LD_PRELOAD and PATH would change the start of those.
 */
public final class ConfigVars {
  /**
   * The config var that chooses a buildpack by its id: the one of the platform's prefix that users
   * set.
   */
  public static final String BUILDPACK = "PLATFORM_BUILDPACK";

  private static final String PREFIX = "PLATFORM_VAR_";

  private ConfigVars() {}

  /** Whether the platform itself sets it, so that users cannot. */
  public static boolean isReserved(String name) {
    return name.equals("PORT") || (name.startsWith("PLATFORM_") && !name.equals(BUILDPACK));
  }

  /** The name that the environment has for a config var. */
  public static String variable(String name) {
    return PREFIX + name;
  }

  /** The environment variables of config vars. */
  public static Map<String, String> toEnvironment(Map<String, String> vars) {
    Map<String, String> environment = new TreeMap<>();
    vars.forEach((name, value) -> environment.put(variable(name), value));
    return environment;
  }

  /** The config vars in an environment. */
  public static Map<String, String> of(Map<String, String> environment) {
    Map<String, String> vars = new TreeMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX)) {
        vars.put(name.substring(PREFIX.length()), value);
      }
    });
    return vars;
  }
}
