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

  /** As reports and messages have it: {@code fetch}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
