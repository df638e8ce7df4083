package io.platform.domain;

/**
 * One run of a receiver process: a build whose owner is another instance that has gone is nobody's.
 */
public record InstanceId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
