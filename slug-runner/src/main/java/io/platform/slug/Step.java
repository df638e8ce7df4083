package io.platform.slug;

import java.util.Locale;

/** The steps of builder and runner, in their order. */
public enum Step {
  SETUP,
  FETCH,
  DETECT,
  COMPILE,
  PACK,
  UPLOAD,
  REPORT,
  START;

  /** Whether a builder takes this step before it reports. */
  public boolean isOfBuilds() {
    return compareTo(REPORT) < 0;
  }

  /** As reports and messages have it: {@code fetch}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
