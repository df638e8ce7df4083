package io.platform.slug.build.failure;

import io.platform.slug.SlugExitCode;

/**
 * The build cannot go on. The message is for the pusher: what was tried, why it failed, what to do
 * next.
 */
public final class BuildFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final SlugExitCode exitCode;

  BuildFailure(SlugExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public BuildFailure(SlugExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public SlugExitCode exitCode() {
    return exitCode;
  }

  /** What {@link #getMessage} gives, which is never absent here. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
