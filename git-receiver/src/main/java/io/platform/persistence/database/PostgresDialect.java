package io.platform.persistence.database;

import com.zaxxer.hikari.HikariDataSource;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.database.DatabaseUnavailable;
import io.platform.commons.database.PostgresEngine;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * PostgreSQL, for many processes at once. Writers run at READ COMMITTED and hold the rows that they
 * decide on, so that what they read after the lock is the newest; readers see one snapshot. Every
 * commit waits for the disk: unlike on SQLite it holds up nobody else, and a builder that outlives
 * a crash of the database must not have lines acknowledged that are gone.
 */
public final class PostgresDialect implements Dialect {
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
  public static PostgresDialect open(
      PostgresEngine engine, DatabaseConfig config, Signals signals) {
    HikariDataSource writers = engine.writers("platform-writers", config.connections());
    try {
      engine.migrate(SchemaMigrations.POSTGRESQL.scripts());
      HikariDataSource readers = engine.readers("platform-readers", config.connections());
      try {
        DataSource source = engine.connections();
        return new PostgresDialect(
            writers, readers, PostgresSignals.open(source, signals), new PostgresAppLocks(source));
      } catch (SQLException e) {
        readers.close();
        throw new DatabaseUnavailable(config, e);
      } catch (RuntimeException e) {
        readers.close();
        throw e;
      }
    } catch (RuntimeException e) {
      writers.close();
      throw e;
    }
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

  /** Writes the tables anew; it does not wait long for others that use them. */
  @Override
  public void purge() {
    write.useHandle(handle -> {
      handle.execute("SET lock_timeout = '10s'");
      try {
        handle.execute("VACUUM (FULL) app");
        handle.execute("VACUUM (FULL) app_release");
      } finally {
        handle.execute("RESET lock_timeout");
      }
    });
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
