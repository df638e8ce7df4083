package io.platform.retention;

import java.time.Instant;
import java.util.Locale;

/**
 * An object to be removed.
 *
 * @param build the id of the build that it was stored for
 * @param kind source, slug, log or cache
 * @param size in bytes
 */
public record Removal(
    String key, String build, String kind, long size, Instant stored, Reason reason) {

  /** The reason for a removal. */
  public enum Reason {
    /** Its build or release is older than those that are kept. */
    OLD,
    /** Nothing refers to it: a failed build's slug, a cache that a newer one replaced. */
    UNUSED,
    /** Its build or its app does not exist. */
    ORPHAN;

    /** As the API says it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
