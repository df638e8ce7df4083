package io.platform.local;

/**
 * The platform cannot start; the message says why and what to do, for the person at the terminal.
 */
final class UpFailed extends Exception {
  private static final long serialVersionUID = 1L;

  UpFailed(String message) {
    super(message);
  }

  UpFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
