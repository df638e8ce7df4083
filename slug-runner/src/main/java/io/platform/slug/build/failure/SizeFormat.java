package io.platform.slug.build.failure;

import java.util.Locale;

/** Sizes as people read them. */
public final class SizeFormat {
  private SizeFormat() {}

  /** {@code 512 B}, {@code 1.4 MB}; powers of 1,000, as disks and downloads are sold. */
  public static String readable(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    while (size >= 1000 && unit < 3) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %cB", size, "kMGT".charAt(unit));
  }
}
