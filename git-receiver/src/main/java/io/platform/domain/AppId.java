package io.platform.domain;

import static java.util.Objects.requireNonNull;

/** Identifies an app, also across a renaming or a second app of the same name. See {@link Ids}. */
public record AppId(String value) {
  /** Refuses the empty identifier. */
  public AppId {
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
