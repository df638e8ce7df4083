package io.platform.domain;

/**
 * The limits of an app's history.
 *
 * @param kept the newest events of each app
 */
public record AppEventLimits(int kept) {
  /** Refuses none. */
  public AppEventLimits {
    if (kept < 1) {
      throw new IllegalArgumentException("kept is " + kept);
    }
  }

  /** The newest 1,000 events of each app. */
  public static AppEventLimits defaults() {
    return new AppEventLimits(1000);
  }
}
