package io.platform.domain;

import static java.util.Objects.requireNonNull;

/** Identifies a build; short enough to type. See {@link Ids}. */
public record BuildId(String value) {
  /** Refuses the empty identifier. */
  public BuildId {
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
