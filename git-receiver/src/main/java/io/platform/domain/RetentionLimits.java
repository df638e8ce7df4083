package io.platform.domain;

/**
 * The numbers of an app's builds and releases that keep their stored objects.
 *
 * @param builds of so many builds, the newest, source and log stay
 * @param releases so many different slugs stay, those of the newest releases; and as many of
 *     releases that came up, so that failures push out nothing that one can go back to
 */
public record RetentionLimits(int builds, int releases) {
  /** The release before the live one is what a rollback without a version goes to. */
  public static final int LEAST_RELEASES = 2;

  /** Twenty of each: what the lists of builds and releases show. */
  public static final RetentionLimits DEFAULTS = new RetentionLimits(20, 20);

  /** Refuses what would take away what runs, or what a rollback goes to. */
  public RetentionLimits {
    if (builds < 1) {
      throw new IllegalArgumentException("builds is less than 1");
    }
    if (releases < LEAST_RELEASES) {
      throw new IllegalArgumentException("releases is less than " + LEAST_RELEASES);
    }
  }
}
