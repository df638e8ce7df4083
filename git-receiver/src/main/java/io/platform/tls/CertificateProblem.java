package io.platform.tls;

/** A certificate or its key cannot be used; the message tells the user why and what to do. */
public final class CertificateProblem extends Exception {
  private static final long serialVersionUID = 1L;

  CertificateProblem(String sentence) {
    super(sentence);
  }

  CertificateProblem(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** What is wrong, and what to do. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
