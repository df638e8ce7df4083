package io.platform.commons.disk;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The faults of a disk, as exceptions of files and of databases show them. */
public enum DiskFault {
  /** It is full. */
  FULL,
  /** It fails, or is mounted read-only. */
  NOT_WRITABLE;

  /** Of SQLite's extended result codes the primary one (sqlite.org/rescode.html). */
  private static final int PRIMARY = 0xff;

  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_IOERR = 10;
  private static final int SQLITE_FULL = 13;

  /** Why a failure or one of its causes happened, where that is a disk. */
  public static Optional<DiskFault> of(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<DiskFault> fault =
          cause instanceof SQLException sql
              ? ofDatabase(sql).or(() -> ofSystem(sql))
              : ofSystem(cause);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** Whether the failure or one of its causes is this fault. */
  public boolean caused(@Nullable Throwable failure) {
    return of(failure).filter(this::equals).isPresent();
  }

  /** By PostgreSQL's SQLSTATE (its documentation, appendix A), or SQLite's result code. */
  private static Optional<DiskFault> ofDatabase(SQLException e) {
    if (e.getSQLState() == null) {
      return switch (e.getErrorCode() & PRIMARY) {
        case SQLITE_FULL -> Optional.of(FULL);
        case SQLITE_READONLY, SQLITE_IOERR -> Optional.of(NOT_WRITABLE);
        default -> Optional.empty();
      };
    }
    return switch (e.getSQLState()) {
      case "53100" -> Optional.of(FULL); // disk_full
      case "25006", "58030" -> Optional.of(NOT_WRITABLE); // read_only_sql_transaction, io_error
      default -> Optional.empty();
    };
  }

  private static Optional<DiskFault> ofSystem(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (ErrnoText.ENOSPC.isIn(message) || ErrnoText.EDQUOT.isIn(message)) {
      return Optional.of(FULL);
    }
    return ErrnoText.EROFS.isIn(message) || ErrnoText.EIO.isIn(message)
        ? Optional.of(NOT_WRITABLE)
        : Optional.empty();
  }
}
