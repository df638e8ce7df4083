package io.platform.domain;

import java.util.Locale;

/** The formats of a source. */
public enum SourceFormat {
  /** A tar archive, compressed with Zstandard (RFC 8878). */
  TAR_ZST;

  /** As it is stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
