package io.platform.access;

/**
 * The auth server cannot be asked now, or does not answer as it should. The message is for the
 * platform's own log.
 */
final class AuthServerUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  AuthServerUnavailable(String message) {
    super(message);
  }

  AuthServerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
