package io.platform.domain;

import java.util.Locale;

/** The kinds of events of an app. */
public enum AppEventKind {
  CREATED,
  DEPLOYED,
  CONFIG_CHANGED,
  ROLLED_BACK,
  RELEASED,
  RELEASE_FAILED,
  SCALED,
  RESIZED,
  RESTARTED,
  STOPPED,
  CRASHED,
  CRASH_LOOPING,
  OUT_OF_MEMORY,
  FEATURE_ENABLED,
  FEATURE_DISABLED,
  ROLLOUT_CHANGED,
  MAINTENANCE_ON,
  MAINTENANCE_OFF,
  DOMAIN_ADDED,
  DOMAIN_REMOVED,
  CERTIFICATE_ADDED,
  CERTIFICATE_REMOVED,
  CERTIFICATE_EXPIRING,
  CERTIFICATE_EXPIRED,
  RENAMED,
  TRANSFERRED;

  /** As the API says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
