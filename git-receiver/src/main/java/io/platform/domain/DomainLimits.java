package io.platform.domain;

/**
 * The limits of how many host names of their own apps have.
 *
 * @param most names of one app
 */
public record DomainLimits(int most) {
  /** 100 of an app. */
  public static DomainLimits defaults() {
    return new DomainLimits(100);
  }
}
