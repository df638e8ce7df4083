package io.platform.auth.http;

/** A request's body is larger than it may be, comes too slowly, or is broken. */
final class BodyRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  private BodyRefused(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  static BodyRefused tooLarge() {
    return new BodyRefused(413, "The body of the request is too large.");
  }

  static BodyRefused tooLate(long seconds) {
    return new BodyRefused(
        408,
        "The body of the request did not arrive within "
            + seconds
            + " seconds. Check the connection, then try again.");
  }

  static BodyRefused broken() {
    return new BodyRefused(
        400, "The body of the request ended early, or is not valid HTTP. Send the request again.");
  }

  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
