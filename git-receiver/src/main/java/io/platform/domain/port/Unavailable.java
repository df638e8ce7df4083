package io.platform.domain.port;

/**
 * What the platform stands on does not answer now, and is to be asked again. The message says all
 * that there is to say: where in the code it was noticed helps nobody, and is left out of logs.
 */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the operator. */
  public Unavailable(String message) {
    super(message, null, false, false);
  }
}
