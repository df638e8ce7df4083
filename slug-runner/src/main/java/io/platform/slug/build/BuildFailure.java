package io.platform.slug.build;

import io.platform.slug.ExitCode;

/**
 * The build cannot go on. The message is for the pusher: what was tried, why it failed, what to do
 * next.
 */
final class BuildFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  BuildFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  BuildFailure(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }

  /** What {@link #getMessage} gives, which is never absent here. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
