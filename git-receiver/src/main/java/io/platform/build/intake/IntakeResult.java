package io.platform.build.intake;

import io.platform.domain.Build;

/**
 * The result of sending a source to be built.
 *
 * @param <W> who sent it
 */
public sealed interface IntakeResult<W> {
  /** The build that was opened for it. */
  Build build();

  /** Who sent it. */
  W writer();

  /** The build is accepted: from now on no restart loses it. */
  record Accepted<W>(Build build, W writer) implements IntakeResult<W> {}

  /**
   * The build was not accepted.
   *
   * @param ended whether its end is written, and it is settled in a moment
   * @param stopped whether the thread was interrupted
   */
  record NotAccepted<W>(Build build, W writer, boolean ended, boolean stopped)
      implements IntakeResult<W> {}
}
