package io.platform.slug;

/** Environment variables by which the platform tells a runner what to become. */
public final class RunnerVariables {
  /** The command of a one-off process, in place of that of a process type. */
  public static final String COMMAND = "PLATFORM_COMMAND";

  /** {@code true} where the slug is there already: the command runs inside another process. */
  public static final String INSIDE = "PLATFORM_INSIDE";

  /** A file to store the slug in, for other runners: this one ends when it is there. */
  public static final String STORE_SLUG = "PLATFORM_STORE_SLUG";

  /** Such a file, which is unpacked in place of a slug that is fetched. */
  public static final String SLUG = "PLATFORM_SLUG";

  /** {@code wait} to stay as the parent of the app, {@code exec} (the default) to become it. */
  public static final String INIT = "PLATFORM_INIT";

  private RunnerVariables() {}
}
