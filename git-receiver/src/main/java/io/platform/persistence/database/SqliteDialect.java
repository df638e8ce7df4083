package io.platform.persistence.database;

import com.zaxxer.hikari.HikariDataSource;
import io.platform.commons.database.SqliteEngine;
import io.platform.domain.port.AppLocks;
import io.platform.domain.port.Topic;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * SQLite with a write-ahead log: one writer at a time, readers beside it. Within the process the
 * writers queue for the one connection that writes; other processes on the file are waited for by
 * SQLite's busy handler.
 */
public final class SqliteDialect implements Dialect {
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

  public static SqliteDialect open(SqliteEngine engine, int readers) {
    engine.migrate(SchemaMigrations.SQLITE.scripts());
    HikariDataSource writer = engine.writers("platform-writer", 1);
    try {
      return new SqliteDialect(writer, engine.readers("platform-readers", readers));
    } catch (RuntimeException e) {
      writer.close();
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
    handle.execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  }

  @Override
  public void lock(Handle handle, String table, String id) {
    // BEGIN IMMEDIATE has locked the whole database.
  }

  /** The write-ahead log, too, has earlier pages until it begins anew. */
  @Override
  public void purge() {
    write.useHandle(handle -> {
      handle.execute("VACUUM");
      handle.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    });
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
