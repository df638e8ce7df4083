package io.platform.domain;

/**
 * Identifies a release in an installation; people say its {@link ReleaseVersion}. See {@link Ids}.
 */
public record ReleaseId(String value) {
  /** Refuses the empty identifier. */
  public ReleaseId {
    Ids.requireNotEmpty(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
