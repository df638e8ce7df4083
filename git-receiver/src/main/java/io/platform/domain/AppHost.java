package io.platform.domain;

/** The host name that an app gets under the platform's domain. */
public final class AppHost {
  /** Bytes of a label of DNS (RFC 1035). */
  private static final int LONGEST = 63;

  private AppHost() {}

  /**
   * The app's label: {@code <name>-<namespace>}, which two apps can share; then the later one takes
   * the next attempt that is free.
   *
   * @param attempt 1 for the first
   */
  public static String label(AppPath path, int attempt) {
    String label = path.name() + "-" + path.namespace();
    String suffix = attempt == 1 ? "" : "-" + attempt;
    return label.substring(0, Math.min(label.length(), LONGEST - suffix.length())) + suffix;
  }
}
