package io.platform.domain;

/**
 * The limits of log drains.
 *
 * @param perApp the most drains of an app
 * @param privateAddresses whether drains may deliver to addresses that are not public, see {@link
 *     PublicAddressRule}
 */
public record DrainLimits(int perApp, boolean privateAddresses) {
  /** 5 drains an app, at public addresses. */
  public static DrainLimits defaults() {
    return new DrainLimits(5, false);
  }
}
