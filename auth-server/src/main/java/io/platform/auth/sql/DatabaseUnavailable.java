package io.platform.auth.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The database cannot be opened; the message is for the operator. */
public final class DatabaseUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseUnavailable(String database, Throwable cause) {
    super(
        "The database %s cannot be opened: %s. %s"
            .formatted(database, rootMessage(cause), remedy(database, cause)),
        cause);
  }

  private static String remedy(String database, Throwable cause) {
    if (!database.startsWith("jdbc:sqlite:")) {
      return "Check its URL, user and password, and that it runs.";
    }
    return isDamaged(cause)
        ? "Put a backup of the file in its place, or move it and the files whose names begin with its name away to begin with an empty one, and start again."
        : "Make the file and its directory writable for the server's user, and start again.";
  }

  /** The lowest byte of SQLite's extended result codes is the code itself. */
  private static boolean isDamaged(@Nullable Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        int code = sql.getErrorCode() & 0xff;
        return code == SQLiteErrorCode.SQLITE_NOTADB.code
            || code == SQLiteErrorCode.SQLITE_CORRUPT.code;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
