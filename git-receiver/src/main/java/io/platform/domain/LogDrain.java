package io.platform.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A receiver of an app's log outside the platform.
 *
 * @param addedBy the user's name
 */
public record LogDrain(
    DrainId id, AppId app, DrainUrl url, String addedBy, Instant addedAt, Progress progress) {

  /**
   * The progress of a drain's delivery.
   *
   * @param position of the last line that was delivered; empty before the first
   * @param delivered how many lines were delivered
   * @param dropped how many lines were left out before that place, because the receiver did not
   *     take them in time, refused them, or the log did not have them any more
   * @param dropping how many were left out since, which the receiver does not know yet
   * @param deliveredAt when the last line was delivered
   * @param problem a sentence on why nothing is delivered now
   */
  public record Progress(
      Optional<LogPosition> position,
      long delivered,
      long dropped,
      long dropping,
      Optional<Instant> deliveredAt,
      Optional<String> problem) {
    /** Before the first line. */
    public static final Progress NONE =
        new Progress(Optional.empty(), 0, 0, 0, Optional.empty(), Optional.empty());
  }
}
