package io.platform.slug;

import java.io.IOException;

/**
 * What was read is not what the contract says; the message tells where, in words a person can read.
 */
public final class BadFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public BadFormatException(String message) {
    super(message);
  }

  public BadFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
