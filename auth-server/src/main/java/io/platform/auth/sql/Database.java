package io.platform.auth.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.platform.auth.account.AccountStore;
import io.platform.auth.account.ThrottleStore;
import io.platform.auth.token.ClientStore;
import io.platform.auth.token.KeyStore;
import io.platform.auth.token.RevocationStore;
import io.platform.commons.database.PoolObserver;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The auth server's database, with its tables up to date, and the stores in it. */
public final class Database implements AutoCloseable {

  private static final String MIGRATIONS = "classpath:io/platform/auth/sql/migration";
  private static final int MIGRATION_ATTEMPTS = 3;

  /** The lock of whoever changes tables; the platform's is the same. */
  private static final int MIGRATIONS_LOCK = 1_886_151_028;

  private static final int BUSY_MILLIS = 15_000;

  /** For a connection, and at start for the database to come up. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /**
   * A process that stands still in a transaction, or a machine that is gone, holds rows so long.
   */
  private static final String STILL_SECONDS = "60";

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Opens it, makes it where it is not there, and brings it up to date.
   *
   * @throws DatabaseUnavailable where that does not succeed; the message says what to do
   */
  public static Database open(DatabaseConfig config) {
    return open(config, PoolObserver.NONE);
  }

  /** As {@link #open(DatabaseConfig)}, with the pool of its connections observed. */
  public static Database open(DatabaseConfig config, PoolObserver pools) {
    return open(config, WAIT, pools);
  }

  static Database open(DatabaseConfig config, Duration comesUpWithin) {
    return open(config, comesUpWithin, PoolObserver.NONE);
  }

  private static Database open(DatabaseConfig config, Duration comesUpWithin, PoolObserver pools) {
    try {
      HikariConfig settings = pool(config, comesUpWithin);
      pools.observe(settings);
      HikariDataSource pool = new HikariDataSource(settings);
      try {
        migrate(config, pool);
        return new Database(pool);
      } catch (SQLException | RuntimeException e) {
        pool.close();
        throw e;
      }
    } catch (PoolInitializationException
        | FlywayException
        | SQLException
        | UncheckedIOException e) {
      throw new DatabaseUnavailable(config.shown(), e);
    }
  }

  private static void migrate(DatabaseConfig config, HikariDataSource pool) throws SQLException {
    if (config.isSqlite()) {
      migrateFile(Flyway.configure().dataSource(pool), MIGRATION_ATTEMPTS);
    } else {
      migrateServer(config, pool);
    }
  }

  /**
   * Two first starts at once get in each other's way, as SQLite has no lock for it; the second try
   * finds it done.
   */
  private static void migrateFile(FluentConfiguration flyway, int attempts) {
    try {
      migrate(flyway);
    } catch (FlywayException e) {
      if (attempts <= 1) {
        throw e;
      }
      migrateFile(flyway, attempts - 1);
    }
  }

  /** Of several first starts at once, one after the other: Flyway's own lock comes too late. */
  private static void migrateServer(DatabaseConfig config, HikariDataSource pool)
      throws SQLException {
    try (Connection held = pool.getConnection();
        Statement lock = held.createStatement()) {
      lock.execute("select pg_advisory_lock(" + MIGRATIONS_LOCK + ")");
      try {
        migrate(
            Flyway.configure()
                .dataSource(
                    config.url(), config.user().orElse(null), config.password().orElse(null))
                .baselineOnMigrate(true) // the platform's tables may be in the same database
                .baselineVersion("0"));
      } finally {
        lock.execute("select pg_advisory_unlock(" + MIGRATIONS_LOCK + ")");
      }
    }
  }

  private static void migrate(FluentConfiguration flyway) {
    flyway.locations(MIGRATIONS).table("auth_schema_history").load().migrate();
  }

  public AccountStore accounts() {
    return new SqlAccountStore(jdbi);
  }

  public ThrottleStore failures() {
    return new SqlThrottleStore(jdbi);
  }

  public KeyStore keys() {
    return new SqlKeyStore(jdbi);
  }

  public RevocationStore revocations() {
    return new SqlRevocationStore(jdbi);
  }

  public ClientStore clients() {
    return new SqlClientStore(jdbi);
  }

  /** Whether it answers. */
  public boolean answers() {
    try {
      return jdbi.withHandle(handle ->
          handle.createQuery("select id from installation").mapTo(Integer.class).one() == 1);
    } catch (JdbiException | IllegalStateException e) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static HikariConfig pool(DatabaseConfig config, Duration comesUpWithin) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("auth");
    pool.setMaximumPoolSize(config.connections());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(WAIT.toMillis());
    if (config.isSqlite()) {
      pool.setDataSource(SqliteFile.dataSource(config, BUSY_MILLIS));
    } else {
      pool.setInitializationFailTimeout(comesUpWithin.toMillis());
      pool.setJdbcUrl(config.url());
      config.user().ifPresent(pool::setUsername);
      config.password().ifPresent(pool::setPassword);
      pool.addDataSourceProperty("ApplicationName", "auth-server");
      pool.addDataSourceProperty("tcpKeepAlive", "true");
      pool.addDataSourceProperty("socketTimeout", STILL_SECONDS);
      pool.setConnectionInitSql(
          "SET lock_timeout = '%ds'; SET idle_in_transaction_session_timeout = '%ss'"
              .formatted(WAIT.toSeconds(), STILL_SECONDS));
    }
    return pool;
  }
}
