package io.platform.domain.port;

/**
 * A service that the platform depends on does not answer at the moment; try again later. The
 * message says all that there is to say: where in the code it was noticed helps nobody, and is left
 * out of logs.
 */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for the operator. */
  public Unavailable(String message) {
    super(message, null, false, false);
  }
}
