package io.platform.server;

/** A program cannot start; the message says why and what to do, for its operator. */
public final class StartFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** A sentence for the operator. */
  public StartFailed(String message) {
    super(message);
  }

  /** A sentence for the operator; the cause for the log. */
  public StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
