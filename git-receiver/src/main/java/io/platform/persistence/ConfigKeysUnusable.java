package io.platform.persistence;

/** The keys of config vars cannot be used; the message is for the operator. */
public final class ConfigKeysUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A sentence that says what to do. */
  public ConfigKeysUnusable(String message) {
    super(message);
  }

  /** The same with a cause. */
  public ConfigKeysUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
