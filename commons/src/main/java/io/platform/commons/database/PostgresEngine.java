package io.platform.commons.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.event.ExecutionAttemptedEvent;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL, for many processes at once. */
public final class PostgresEngine implements DatabaseEngine {
  /**
   * A process that stands still in a transaction, or a machine that is gone, holds rows so long.
   */
  private static final Duration STILL = Duration.ofSeconds(60);

  /** The lock of whoever changes tables: several programs may have theirs in one database. */
  private static final int MIGRATIONS = 1_886_151_028;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresEngine.class);

  /** Pauses between attempts, in the time that all of them may take. */
  private static final int ATTEMPTS = 60;

  /** The pool's own limit in milliseconds: it would wait without a word. */
  private static final int ONE_ATTEMPT = 1;

  private final DatabaseConfig config;
  private final String program;
  private final Duration comesUpWithin;
  private final PoolObserver pools;

  private PostgresEngine(
      DatabaseConfig config, String program, Duration comesUpWithin, PoolObserver pools) {
    this.config = config;
    this.program = program;
    this.comesUpWithin = comesUpWithin;
    this.pools = pools;
  }

  static PostgresEngine of(DatabaseConfig config, String program, PoolObserver pools) {
    return new PostgresEngine(config, program, WAIT, pools);
  }

  /**
   * For a database that is waited for at most so long.
   *
   * @param program by which the database lists the connections
   */
  public static PostgresEngine of(
      DatabaseConfig config, String program, PoolObserver pools, Duration comesUpWithin) {
    return new PostgresEngine(config, program, comesUpWithin, pools);
  }

  /** Writers see what others have committed so far. */
  @Override
  public HikariDataSource writers(String name, int connections) {
    return open(name, connections, "TRANSACTION_READ_COMMITTED", false);
  }

  @Override
  public HikariDataSource readers(String name, int connections) {
    return open(name, connections, "TRANSACTION_REPEATABLE_READ", true);
  }

  private HikariDataSource open(String name, int connections, String isolation, boolean readOnly) {
    HikariConfig pool = DatabaseEngine.pool(name, connections);
    pool.setDataSource(connections());
    pool.setReadOnly(readOnly);
    pool.setTransactionIsolation(isolation);
    pool.setInitializationFailTimeout(ONE_ATTEMPT);
    pool.setConnectionInitSql(
        "SET lock_timeout = '%ds'; SET idle_in_transaction_session_timeout = '%ds'"
            .formatted(WAIT.toSeconds(), STILL.toSeconds()));
    pools.observe(pool);
    RetryPolicy<HikariDataSource> comesUp =
        RetryPolicies.<HikariDataSource>held(comesUpWithin.dividedBy(ATTEMPTS))
            .withMaxDuration(comesUpWithin)
            .handle(PoolInitializationException.class)
            .onFailedAttempt(this::logFirst)
            .build();
    try {
      return Retry.callUninterruptibly(comesUp, () -> new HikariDataSource(pool));
    } catch (PoolInitializationException e) {
      throw new DatabaseUnavailable(config, e);
    }
  }

  private void logFirst(ExecutionAttemptedEvent<HikariDataSource> attempt) {
    if (attempt.getAttemptCount() == 1) {
      LOG.warn(
          "Waiting up to {} s for the database {}: {}",
          comesUpWithin.toSeconds(),
          config.shown(),
          DatabaseUnavailable.said(DatabaseUnavailable.deciding(attempt.getLastException())));
    }
  }

  /** Connections outside of pools. */
  public DataSource connections() {
    return PostgresDataSource.of(config, program, STILL);
  }

  /** Of several first starts at once, one after the other: Flyway's own lock comes too late. */
  @Override
  public void migrate(FluentConfiguration scripts) {
    DataSource source = PostgresDataSource.of(config, program, Duration.ZERO);
    scripts
        .dataSource(source)
        .baselineOnMigrate(true) // the tables of another program may be in the same database
        .baselineVersion("0");
    try (Connection held = source.getConnection();
        Statement lock = held.createStatement()) {
      lock.execute("SELECT pg_advisory_lock(%d)".formatted(MIGRATIONS));
      TableMigration.run(scripts);
    } catch (SQLException | FlywayException e) {
      throw new DatabaseUnavailable(config, e);
    }
  }
}
