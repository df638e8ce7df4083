package io.platform.slug;

import java.io.IOException;

/** Input breaks the contract; the message says where. */
public final class BadFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public BadFormatException(String message) {
    super(message);
  }

  public BadFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
