package io.platform.proxy;

/**
 * The state of a host name that no traffic is routed for; it chooses the page that a visitor gets.
 */
public enum HostState {
  /** It is no host name of the platform or of its apps. */
  FOREIGN,
  /** No app has this host name. */
  NO_APP,
  /** The app exists and nothing has been deployed to it yet. */
  EMPTY,
  /** The live release has no process that answers HTTP. */
  NO_WEB,
  /** The app is in maintenance. */
  MAINTENANCE,
  /** The app exists and is not running now. */
  DOWN
}
