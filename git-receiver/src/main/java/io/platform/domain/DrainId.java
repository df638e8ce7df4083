package io.platform.domain;

/** Identifies a log drain; people type it. See {@link Ids}. */
public record DrainId(String value) {
  /** Refuses the empty identifier. */
  public DrainId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id is empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
