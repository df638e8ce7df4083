package io.platform.commons.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteErrorCode;

/** The database cannot be opened; the message is for the operator. */
public final class DatabaseUnavailable extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private static final String NOT_WRITABLE =
      "Make the file and its directory writable for the server's user, and start again.";
  private static final String DAMAGED =
      "Put a backup of the file in its place, or move it and the files whose names begin with its name away to begin with an empty one, and start again.";
  private static final String OTHER_TABLES =
      "Start the version of the program that has made its tables, or a newer one.";
  private static final String NOT_REACHED = "Check its URL, user and password, and that it runs.";

  /** Why this database cannot be opened. */
  public DatabaseUnavailable(DatabaseConfig database, Exception reason) {
    super(
        "The database %s cannot be opened: %s. %s"
            .formatted(database.shown(), said(deciding(reason)), remedy(database, reason)),
        new IOException(reason));
  }

  private static String remedy(DatabaseConfig database, Exception reason) {
    return switch (deciding(reason)) {
      case FlywayException e -> OTHER_TABLES;
      case SQLException e when database.isSqlite() && isDamaged(e) -> DAMAGED;
      default -> database.isSqlite() ? NOT_WRITABLE : NOT_REACHED;
    };
  }

  /** The message of an unknown host is its name alone. */
  static String said(Throwable reason) {
    return reason instanceof UnknownHostException
        ? "the host name %s is unknown".formatted(reason.getMessage())
        : Objects.requireNonNullElse(reason.getMessage(), "no reason was given");
  }

  /** The lowest byte of SQLite's extended result codes is the code itself. */
  private static boolean isDamaged(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_NOTADB.code
        || code == SQLiteErrorCode.SQLITE_CORRUPT.code;
  }

  /** What Flyway and the pool say around it names classes and states of SQL. */
  static Throwable deciding(Throwable reason) {
    Throwable root = reason;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
