package io.platform.auth.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.platform.auth.account.AccountStore;
import io.platform.auth.account.ThrottleStore;
import io.platform.auth.token.ClientStore;
import io.platform.auth.token.KeyStore;
import io.platform.auth.token.RevocationStore;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.database.DatabaseEngine;
import io.platform.commons.database.DatabaseEngines;
import io.platform.commons.database.DatabaseUnavailable;
import io.platform.commons.database.PoolObserver;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The auth server's database, with its tables up to date, and the stores in it. */
public final class Database implements AutoCloseable {

  private static final String MIGRATIONS = "classpath:io/platform/auth/sql/migration";

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    AuthRowMappers.register(jdbi);
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
    DatabaseEngine engine = DatabaseEngines.of(config, "auth-server", pools);
    HikariDataSource pool = engine.writers("auth", config.connections());
    try {
      engine.migrate(Flyway.configure().locations(MIGRATIONS).table("auth_schema_history"));
      return new Database(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
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
}
