package io.platform.domain;

/** Identifies a build; short enough to type. See {@link Ids}. */
public record BuildId(String value) {
  /** Refuses the empty identifier. */
  public BuildId {
    Ids.requireNotEmpty(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
