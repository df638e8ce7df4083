package io.platform.commons.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite with a write-ahead log: one writer at a time, readers beside it. Other connections on the
 * file, of this process or of others, are waited for by SQLite's busy handler.
 */
public final class SqliteEngine implements DatabaseEngine {
  private final DatabaseConfig config;
  private final PoolObserver pools;

  private SqliteEngine(DatabaseConfig config, PoolObserver pools) {
    this.config = config;
    this.pools = pools;
  }

  /** Makes the file, where there is none, and readable for its owner alone. */
  public static SqliteEngine of(DatabaseConfig config, PoolObserver pools) {
    try {
      SqliteFile.makePrivate(config.sqliteFile());
    } catch (IOException e) {
      throw new DatabaseUnavailable(config, e);
    }
    return new SqliteEngine(config, pools);
  }

  /** Each transaction has the whole database from its beginning. */
  @Override
  public HikariDataSource writers(String name, int connections) {
    return open(name, connections, TransactionMode.IMMEDIATE);
  }

  @Override
  public HikariDataSource readers(String name, int connections) {
    return open(name, connections, TransactionMode.DEFERRED);
  }

  private HikariDataSource open(String name, int connections, TransactionMode mode) {
    HikariConfig pool = DatabaseEngine.pool(name, connections);
    pool.setDataSource(source(mode));
    pool.setMaxLifetime(0); // a connection to a file does not age
    pools.observe(pool);
    try {
      // SQLite waits for no other start that changes the journal mode of a new file at the same
      // time.
      return SqliteFile.exclusively(config.sqliteFile(), () -> new HikariDataSource(pool));
    } catch (IOException | PoolInitializationException e) {
      throw new DatabaseUnavailable(config, e);
    }
  }

  /** Flyway takes no lock on SQLite, so that two first starts at once would run into each other. */
  @Override
  public void migrate(FluentConfiguration scripts) {
    scripts.dataSource(source(TransactionMode.IMMEDIATE));
    try {
      SqliteFile.exclusively(config.sqliteFile(), () -> TableMigration.run(scripts));
    } catch (IOException | FlywayException e) {
      throw new DatabaseUnavailable(config, e);
    }
  }

  private SQLiteDataSource source(TransactionMode mode) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.setTransactionMode(mode);
    sqlite.setBusyTimeout((int) WAIT.toMillis());
    sqlite.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(sqlite);
    source.setUrl(config.url());
    return source;
  }
}
