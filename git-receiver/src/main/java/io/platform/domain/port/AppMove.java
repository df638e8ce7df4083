package io.platform.domain.port;

/** What came of giving an app another name or namespace. */
public enum AppMove {
  /** It has it, and the host name that goes with it. */
  MOVED,
  /** It had it before. */
  UNCHANGED,
  /** A build is under way: nothing changed. */
  BUILDING,
  /** A release is being rolled out: nothing changed. */
  ROLLING_OUT,
  /**
   * One of its domains is under a wildcard of its namespace, or a wildcard above a name of one, and
   * both belong to one namespace: nothing changed.
   */
  SHARES_DOMAINS
}
