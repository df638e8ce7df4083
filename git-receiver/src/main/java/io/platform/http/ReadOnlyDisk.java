package io.platform.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells whether something failed because the database or its disk takes no writes. */
public final class ReadOnlyDisk {
  private ReadOnlyDisk() {}

  /**
   * Whether the failure or one of its causes says so, in the words of SQLite, PostgreSQL or Linux.
   */
  public static boolean caused(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("readonly database")
          || message.contains("read-only transaction")
          || message.contains("read-only file system")
          || message.contains("disk i/o error")
          || message.contains("input/output error")) {
        return true;
      }
    }
    return false;
  }
}
