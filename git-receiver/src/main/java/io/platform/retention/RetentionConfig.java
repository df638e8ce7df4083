package io.platform.retention;

import static java.util.Objects.requireNonNull;

import io.platform.domain.RetentionLimits;
import java.time.Duration;

/**
 * The settings of retention: how much is kept, and how often it runs.
 *
 * @param limits how much of each app
 * @param orphanAge how old an object must be that belongs to no build, or an upload that did not
 *     end, before it counts as left behind; longer than any upload takes
 * @param every how often everything is looked through; an app's own objects are after each of its
 *     builds too
 * @param dryRun whether the server only logs what would go
 */
public record RetentionConfig(
    RetentionLimits limits, Duration orphanAge, Duration every, boolean dryRun) {
  /** Twenty builds and releases, a day, every six hours. */
  public static final RetentionConfig DEFAULTS =
      new RetentionConfig(RetentionLimits.DEFAULTS, Duration.ofDays(1), Duration.ofHours(6), false);

  /** Refuses what cannot work. */
  public RetentionConfig {
    requireNonNull(limits, "keep is null");
    if (orphanAge.isNegative() || !every.isPositive()) {
      throw new IllegalArgumentException("orphanAge is not negative, every is more than nothing");
    }
  }
}
