package io.platform.domain;

/** One run of a receiver process. */
public record InstanceId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
