package io.platform.domain;

/** Identifies an app, also across a renaming or a second app of the same name. See {@link Ids}. */
public record AppId(String value) {
  /** Refuses the empty identifier. */
  public AppId {
    Ids.requireNotEmpty(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
