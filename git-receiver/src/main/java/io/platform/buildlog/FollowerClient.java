package io.platform.buildlog;

import java.util.Locale;

/** The kind of client that follows a build's log. */
public enum FollowerClient {
  PUSH,
  API;

  /** As the metrics name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
