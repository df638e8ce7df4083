package io.platform.domain;

import java.util.Locale;

/** How a source is packed. */
public enum SourceFormat {
  /** A tar archive, compressed with Zstandard (RFC 8878). */
  TAR_ZST;

  /** As it is stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
