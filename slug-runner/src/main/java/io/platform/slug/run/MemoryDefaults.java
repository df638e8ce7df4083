package io.platform.slug.run;

import java.util.Map;
import java.util.TreeMap;

/**
 * Variables that tell runtimes how much memory they may use, as Heroku's buildpacks set them
 * (heroku-buildpack-nodejs, {@code profile/nodejs.sh}; devcenter: java-support). Programs see the
 * memory of the whole machine otherwise.
 */
final class MemoryDefaults {
  private static final long MEGABYTE = 1 << 20;
  private static final long WEB_MEMORY = 512;
  private static final long MOST_CONCURRENT = 32;

  private MemoryDefaults() {}

  /**
   * The variables that an app does not have yet.
   *
   * @param limit how much memory the process may use, in bytes, as text; anything else is no limit
   * @param environment what the app has, which decides
   */
  static Map<String, String> of(String limit, Map<String, String> environment) {
    if (!limit.matches("[0-9]{1,18}") || Long.parseLong(limit) < MEGABYTE) {
      return Map.of();
    }
    long memory = Long.parseLong(limit) / MEGABYTE;
    boolean chosen = number(environment, "WEB_MEMORY", 0) > 0;
    long each = number(environment, "WEB_MEMORY", WEB_MEMORY);
    long concurrent =
        number(
            environment, "WEB_CONCURRENCY", Math.min(MOST_CONCURRENT, Math.max(1, memory / each)));
    Map<String, String> defaults = new TreeMap<>();
    defaults.put("MEMORY_AVAILABLE", Long.toString(memory));
    defaults.put("WEB_MEMORY", Long.toString(each));
    defaults.put("WEB_CONCURRENCY", Long.toString(concurrent));
    defaults.put(
        "NODE_OPTIONS",
        "--max-old-space-size="
            + Math.max(1, Math.min(memory, chosen ? each : memory / concurrent) * 3 / 4));
    defaults.put("JAVA_TOOL_OPTIONS", "-Xmx" + javaHeap(memory) + "m -Xss512k");
    defaults.keySet().removeAll(environment.keySet());
    return defaults;
  }

  /** As Heroku's sizes have it: 300 MB of 512, 671 MB of 1024, 80 % of more. */
  private static long javaHeap(long memory) {
    int percent = memory <= 512 ? 59 : memory <= 1024 ? 66 : 80;
    return Math.max(2, memory * percent / 100);
  }

  private static long number(Map<String, String> environment, String name, long otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.matches("[1-9][0-9]{0,8}") ? Long.parseLong(value) : otherwise;
  }
}
