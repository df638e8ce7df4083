package io.platform.persistence;

import io.platform.commons.database.DatabaseConfig;
import io.platform.testing.PostgresServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Databases on a real PostgreSQL. */
public final class Postgres {
  private static final Map<String, DatabaseConfig> DATABASES = new ConcurrentHashMap<>();

  private Postgres() {}

  /** A database of its own for each name, empty at first. */
  static DatabaseConfig database(String name) {
    return DATABASES.computeIfAbsent(
        name,
        n ->
            DatabaseConfig.of(
                PostgresServer.newDatabase(),
                Optional.of(PostgresServer.USER),
                Optional.empty(),
                4));
  }

  /** A statement by the database's owner. */
  public static void execute(DatabaseConfig config, String sql) {
    PostgresServer.execute(config.url(), sql);
  }
}
