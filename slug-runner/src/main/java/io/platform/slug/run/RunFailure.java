package io.platform.slug.run;

import io.platform.slug.SlugExitCode;

/**
 * The runner cannot start the app. The message is for its owner: what was tried, why it failed,
 * what to do next.
 */
final class RunFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final SlugExitCode exitCode;

  RunFailure(SlugExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  SlugExitCode exitCode() {
    return exitCode;
  }

  /** What {@link #getMessage} gives, which is never absent here. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
