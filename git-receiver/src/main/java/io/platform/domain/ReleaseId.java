package io.platform.domain;

import static java.util.Objects.requireNonNull;

/**
 * Identifies a release in an installation; people say its {@link ReleaseVersion}. See {@link Ids}.
 */
public record ReleaseId(String value) {
  /** Refuses the empty identifier. */
  public ReleaseId {
    requireNonNull(value, "value is null");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id is empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
