package io.platform.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.platform.commons.database.PoolObserver;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite with a write-ahead log: one writer at a time, readers beside it. Within the process the
 * writers queue for the one connection that writes; other processes on the file are waited for by
 * SQLite's busy handler.
 */
final class SqliteDialect implements Dialect {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String NOT_WRITABLE =
      "Make the file and its directory writable for the server's user, and start again.";
  private static final String DAMAGED =
      "Put a backup of the file in its place, or move it and the files whose names begin with its name away to begin with an empty one, and start again.";

  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final Jdbi write;
  private final Jdbi read;
  private final AppLocks locks = new InProcessAppLocks();

  private SqliteDialect(HikariDataSource writer, HikariDataSource readers) {
    this.writer = writer;
    this.readers = readers;
    this.write = Jdbi.create(writer);
    this.read = Jdbi.create(readers);
  }

  static SqliteDialect open(DatabaseConfig config, PoolObserver pools) {
    Path file = config.sqliteFile();
    try {
      makePrivate(file);
      migrate(file, config.url());
    } catch (IOException e) {
      throw unusable(file, String.valueOf(e.getMessage()), NOT_WRITABLE, e);
    } catch (FlywayException e) {
      SQLException reason = sqlException(e);
      if (reason == null) {
        throw e;
      }
      throw unusable(
          file,
          String.valueOf(reason.getMessage()),
          isDamaged(reason) ? DAMAGED : NOT_WRITABLE,
          new IOException(e));
    }
    HikariDataSource writer =
        pool("writer", source(config.url(), SQLiteConfig.TransactionMode.IMMEDIATE), 1, pools);
    try {
      HikariDataSource readers =
          pool(
              "readers",
              source(config.url(), SQLiteConfig.TransactionMode.DEFERRED),
              config.connections(),
              pools);
      return new SqliteDialect(writer, readers);
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static UncheckedIOException unusable(
      Path file, String why, String remedy, IOException cause) {
    return new UncheckedIOException(
        "The database %s cannot be made or opened: %s. %s".formatted(file, why, remedy), cause);
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  /** The lowest byte of SQLite's extended result codes is the code itself. */
  private static boolean isDamaged(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_NOTADB.code
        || code == SQLiteErrorCode.SQLITE_CORRUPT.code;
  }

  /** SQLite gives the write-ahead log and its index the mode of the database file. */
  private static void makePrivate(Path file) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    } catch (FileAlreadyExistsException e) {
      Files.setPosixFilePermissions(file, ownerOnly);
    }
  }

  /** Flyway takes no lock on SQLite, so that two first starts at once would run into each other. */
  private static void migrate(Path file, String url) throws IOException {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock(channel)) {
      SchemaMigrations.SQLITE
          .on(source(url, SQLiteConfig.TransactionMode.IMMEDIATE))
          .load()
          .migrate();
      held.release();
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException heldInThisProcess) {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  private static SQLiteDataSource source(String url, SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(mode);
    config.setBusyTimeout((int) WAIT.toMillis());
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  private static HikariDataSource pool(
      String name, DataSource source, int size, PoolObserver pools) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("platform-" + name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0); // a connection to a file does not age
    config.setConnectionTimeout(WAIT.toMillis());
    pools.observe(config);
    return new HikariDataSource(config);
  }

  @Override
  public Jdbi writers() {
    return write;
  }

  @Override
  public Jdbi readers() {
    return read;
  }

  @Override
  public void durable(Handle handle, boolean durable) {
    handle.execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  }

  @Override
  public void lock(Handle handle, String table, String id) {
    // BEGIN IMMEDIATE has locked the whole database.
  }

  @Override
  public AppLocks appLocks() {
    return locks;
  }

  @Override
  public void announce(Handle handle, Collection<Topic> topics) {
    // A file tells nobody: see io.platform.signal.
  }

  @Override
  public boolean mayBeRepeated(Exception failure) {
    return false; // who has begun has the whole database
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
