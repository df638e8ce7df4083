package io.platform.git.http.lfs;

/** A request that is answered with an error; the message is a sentence for the client. */
final class LfsRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;

  LfsRefused(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
