package io.platform.auth.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.platform.auth.account.AccountStore;
import io.platform.auth.account.ThrottleStore;
import io.platform.auth.token.ClientStore;
import io.platform.auth.token.KeyStore;
import io.platform.auth.token.RevocationStore;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The auth server's database, with its tables up to date, and the stores in it. */
public final class Database implements AutoCloseable {

  private static final String MIGRATIONS = "classpath:io/platform/auth/sql/migration";
  private static final int MIGRATION_ATTEMPTS = 3;
  private static final int BUSY_MILLIS = 15_000;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  public static Database open(DatabaseConfig config) {
    HikariDataSource pool = new HikariDataSource(pool(config));
    try {
      migrate(pool, MIGRATION_ATTEMPTS);
      return new Database(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Two first starts at once get in each other's way, as SQLite has no lock for it; the second try
   * finds it done.
   */
  private static void migrate(HikariDataSource pool, int attempts) {
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations(MIGRATIONS)
          .table("auth_schema_history")
          .load()
          .migrate();
    } catch (FlywayException e) {
      if (attempts <= 1) {
        throw e;
      }
      migrate(pool, attempts - 1);
    }
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

  private static HikariConfig pool(DatabaseConfig config) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("auth");
    pool.setMaximumPoolSize(config.connections());
    pool.setMinimumIdle(1);
    if (config.isSqlite()) {
      pool.setDataSource(SqliteFile.dataSource(config, BUSY_MILLIS));
    } else {
      pool.setJdbcUrl(config.url());
      config.user().ifPresent(pool::setUsername);
      config.password().ifPresent(pool::setPassword);
    }
    return pool;
  }
}
