package io.platform.process.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates process limits for the kernel of this machine. */
public final class KernelLimits {
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,4}).*");

  private KernelLimits() {}

  /**
   * Whether a limit of processes (RLIMIT_NPROC) that is set inside a user namespace counts those of
   * the namespace, as since Linux 5.14, and not all of the user's. It never holds for root.
   */
  public static boolean countsByUserNamespace() {
    return countsByUserNamespace(System.getProperty("os.version", ""));
  }

  static boolean countsByUserNamespace(String version) {
    Matcher found = VERSION.matcher(version);
    if (!found.matches()) {
      return false;
    }
    int major = Integer.parseInt(found.group(1));
    return major > 5 || (major == 5 && Integer.parseInt(found.group(2)) >= 14);
  }
}
