package io.platform.domain;

import java.util.Locale;

/** What an app does now. */
public enum AppState {
  /** Nothing was deployed yet. */
  IDLE,
  /** A build or a roll-out is going on. */
  DEPLOYING,
  RUNNING,
  /** None of the processes that should run does. */
  CRASHED,
  /** The live release has no web process. */
  NO_WEB,
  /** No release ever came up. */
  FAILED;

  /** As the API says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
