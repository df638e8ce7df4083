package io.platform.bootstrap;

/** A program cannot start; the message says why and what to do, for its operator. */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A sentence for the operator. */
  public StartupException(String message) {
    super(message);
  }

  /** A sentence for the operator; the cause for the log. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
