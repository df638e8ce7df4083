package io.platform.auth.http;

import java.util.Locale;
import java.util.Optional;

/** Why the database takes no writes, where that is why a request failed. */
enum DatabaseFault {
  FULL(
      507,
      "The disk of the auth server is full, and nothing was changed. Contact your administrator for more space, then try again."),
  READ_ONLY(
      503,
      "The database of the auth server cannot be written, because its disk fails or is read-only, and nothing was changed. Contact your administrator to make it writable, then try again.");

  private final int status;
  private final String sentence;

  DatabaseFault(int status, String sentence) {
    this.status = status;
    this.sentence = sentence;
  }

  int status() {
    return status;
  }

  String sentence() {
    return sentence;
  }

  /** What the failure or one of its causes says, in the words of SQLite, PostgreSQL or Linux. */
  static Optional<DatabaseFault> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left")
          || message.contains("disk quota exceeded")
          || message.contains("database or disk is full")) {
        return Optional.of(FULL);
      }
      if (message.contains("readonly database")
          || message.contains("read-only transaction")
          || message.contains("read-only file system")
          || message.contains("disk i/o error")
          || message.contains("input/output error")) {
        return Optional.of(READ_ONLY);
      }
    }
    return Optional.empty();
  }
}
