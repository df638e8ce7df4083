package io.platform.commons.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Opens pools of connections to a database, and brings its tables up to date. */
public sealed interface DatabaseEngine permits SqliteEngine, PostgresEngine {
  /** For a connection, for a lock, and at start for the database to come up. */
  Duration WAIT = Duration.ofSeconds(30);

  /**
   * Opens a pool for transactions that write.
   *
   * @param name as metrics and the log name it
   * @param connections at most
   * @throws DatabaseUnavailable where the database does not come up
   */
  HikariDataSource writers(String name, int connections);

  /**
   * Opens a pool for transactions that read; each sees one state of the database.
   *
   * @param name as metrics and the log name it
   * @param connections at most
   * @throws DatabaseUnavailable where the database does not come up
   */
  HikariDataSource readers(String name, int connections);

  /**
   * Runs the scripts that have not run yet. Of several processes that start at once one does, and
   * the others wait for it.
   *
   * @param scripts where they are, and all that is not of the engine
   * @throws DatabaseUnavailable where that does not succeed
   */
  void migrate(FluentConfiguration scripts);

  /** What all pools have alike. */
  static HikariConfig pool(String name, int connections) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setMaximumPoolSize(connections);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(WAIT.toMillis());
    return pool;
  }
}
