package io.platform.auth.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * An SQLite database that only its owner may read: it holds the private keys. What SQLite writes
 * beside it takes the file's mode.
 */
final class SqliteFile {

  private SqliteFile() {}

  static DataSource dataSource(DatabaseConfig config, int busyMillis) {
    createPrivately(config.url().substring("jdbc:sqlite:".length()));
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(JournalMode.WAL);
    sqlite.setSynchronous(SynchronousMode.FULL);
    sqlite.setTransactionMode(TransactionMode.IMMEDIATE);
    sqlite.setBusyTimeout(busyMillis);
    sqlite.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(sqlite);
    source.setUrl(config.url());
    return source;
  }

  private static void createPrivately(String name) {
    Path file = Path.of(name);
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // SQLite would open it, and fail at the first write.
      if (!Files.isWritable(file)) {
        throw new UncheckedIOException(new AccessDeniedException("it is not writable"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the database file " + file, e);
    }
  }
}
