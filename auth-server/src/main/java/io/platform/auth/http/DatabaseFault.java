package io.platform.auth.http;

import io.platform.commons.disk.DiskFault;
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

  /** What the failure or one of its causes is, where that is the disk of the database. */
  static Optional<DatabaseFault> of(Throwable failure) {
    return DiskFault.of(failure)
        .map(fault ->
            switch (fault) {
              case FULL -> FULL;
              case NOT_WRITABLE -> READ_ONLY;
            });
  }
}
