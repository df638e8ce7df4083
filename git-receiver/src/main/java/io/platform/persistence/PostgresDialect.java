package io.platform.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.platform.commons.database.PoolObserver;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * PostgreSQL, for many processes at once. Writers run at READ COMMITTED and hold the rows that they
 * decide on, so that what they read after the lock is the newest; readers see one snapshot. Every
 * commit waits for the disk: unlike on SQLite it holds up nobody else, and a builder that outlives
 * a crash of the database must not have lines acknowledged that are gone.
 */
final class PostgresDialect implements Dialect {
  /** For a lock, and at start for the database to come up. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /**
   * A process that stands still in a transaction, or a machine that is gone, holds rows so long.
   */
  private static final Duration STILL = Duration.ofSeconds(60);

  /** The lock of whoever changes tables; the auth server's is the same. */
  private static final int MIGRATIONS = 1_886_151_028;

  private static final Set<String> LOST_AGAINST_ANOTHER = Set.of("40001", "40P01");
  private static final Set<String> DATABASE_STOPS = Set.of("57P01", "57P02", "57P03");

  private final HikariDataSource writers;
  private final HikariDataSource readers;
  private final PostgresSignals announcements;
  private final Jdbi write;
  private final Jdbi read;
  private final PostgresAppLocks locks;

  private PostgresDialect(
      HikariDataSource writers,
      HikariDataSource readers,
      PostgresSignals announcements,
      PostgresAppLocks locks) {
    this.writers = writers;
    this.readers = readers;
    this.announcements = announcements;
    this.locks = locks;
    this.write = Jdbi.create(writers);
    this.read = Jdbi.create(readers);
  }

  /** Raises from now on what other processes announce. */
  static PostgresDialect open(DatabaseConfig config, Signals signals, PoolObserver pools) {
    return open(config, signals, WAIT, pools);
  }

  static PostgresDialect open(DatabaseConfig config, Signals signals, Duration comesUpWithin) {
    return open(config, signals, comesUpWithin, PoolObserver.NONE);
  }

  private static PostgresDialect open(
      DatabaseConfig config, Signals signals, Duration comesUpWithin, PoolObserver pools) {
    try {
      return opened(config, signals, comesUpWithin, pools);
    } catch (PoolInitializationException | FlywayException | SQLException e) {
      throw new UncheckedIOException(
          "The database %s cannot be opened: %s. Check its URL, user and password, and that it runs."
              .formatted(config.shown(), rootMessage(e)),
          new IOException(e));
    }
  }

  private static PostgresDialect opened(
      DatabaseConfig config, Signals signals, Duration comesUpWithin, PoolObserver pools)
      throws SQLException {
    DataSource source = PostgresDataSource.of(config, STILL);
    HikariDataSource writers =
        new HikariDataSource(
            observed(pool("writers", source, config.connections(), false, comesUpWithin), pools));
    try {
      migrate(PostgresDataSource.of(config, Duration.ZERO));
      HikariDataSource readers =
          new HikariDataSource(
              observed(pool("readers", source, config.connections(), true, comesUpWithin), pools));
      try {
        return new PostgresDialect(
            writers, readers, PostgresSignals.open(source, signals), new PostgresAppLocks(source));
      } catch (SQLException | RuntimeException e) {
        readers.close();
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      writers.close();
      throw e;
    }
  }

  /** Of several first starts at once, one after the other: Flyway's own lock comes too late. */
  private static void migrate(DataSource source) throws SQLException {
    try (Connection held = source.getConnection();
        Statement lock = held.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(%d)".formatted(MIGRATIONS));
      SchemaMigrations.POSTGRESQL
          .on(source)
          .baselineOnMigrate(true) // the auth server's tables may be in the same database
          .baselineVersion("0")
          .load()
          .migrate();
    }
  }

  private static HikariConfig observed(HikariConfig pool, PoolObserver pools) {
    pools.observe(pool);
    return pool;
  }

  private static HikariConfig pool(
      String name, DataSource source, int size, boolean readOnly, Duration comesUpWithin) {
    TransactionIsolationLevel isolation =
        readOnly
            ? TransactionIsolationLevel.REPEATABLE_READ
            : TransactionIsolationLevel.READ_COMMITTED;
    HikariConfig config = new HikariConfig();
    config.setPoolName("platform-" + name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setReadOnly(readOnly);
    config.setTransactionIsolation("TRANSACTION_" + isolation.name());
    config.setConnectionInitSql(
        "SET lock_timeout = '%ds'; SET idle_in_transaction_session_timeout = '%ds'"
            .formatted(WAIT.toSeconds(), STILL.toSeconds()));
    config.setConnectionTimeout(WAIT.toMillis());
    config.setInitializationFailTimeout(comesUpWithin.toMillis());
    return config;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
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
    // Every commit is.
  }

  @Override
  public void lock(Handle handle, String table, String id) {
    handle
        .select("SELECT 1 FROM " + table + " WHERE id = ? FOR UPDATE", id)
        .mapTo(Integer.class)
        .findOne();
  }

  @Override
  public AppLocks appLocks() {
    return locks;
  }

  @Override
  public void announce(Handle handle, Collection<Topic> topics) {
    announcements.announce(handle, topics);
  }

  @Override
  public boolean mayBeRepeated(Exception failure) {
    if (failure instanceof ConnectionException || Thread.currentThread().isInterrupted()) {
      return false; // it has been waited for long enough, or nobody waits any more
    }
    String state = sqlState(failure);
    if (LOST_AGAINST_ANOTHER.contains(state)) {
      return true;
    }
    boolean committed = failure instanceof TransactionException; // perhaps: nobody knows
    return !committed && (state.startsWith("08") || DATABASE_STOPS.contains(state));
  }

  private static String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }

  @Override
  public void close() {
    locks.close();
    announcements.close();
    readers.close();
    writers.close();
  }
}
