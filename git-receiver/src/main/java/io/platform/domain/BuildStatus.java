package io.platform.domain;

import java.util.Locale;

/** The states of a build. The last four are ends. */
public enum BuildStatus {
  RECEIVING,
  ACCEPTED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELED,
  TIMED_OUT;

  /** Whether the build is over. */
  public boolean ended() {
    return compareTo(SUCCEEDED) >= 0;
  }

  /** As the API says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
