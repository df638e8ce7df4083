package io.platform.domain;

import java.util.Locale;

/** The state of an app. */
public enum AppState {
  /** Nothing was deployed yet. */
  IDLE,
  /** A build or a roll-out is going on. */
  DEPLOYING,
  RUNNING,
  /** Of a process type that should run, no process does. */
  CRASHED,
  /** The live release has no web process, and no other process of it should run. */
  NO_WEB,
  /** No release ever came up. */
  FAILED;

  /** As the API says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
