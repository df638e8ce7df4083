package io.platform.auth;

import io.platform.commons.database.DatabaseConfig;
import io.platform.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/** The engines that every test of the server runs on. */
enum TestDatabase {
  SQLITE {
    @Override
    DatabaseConfig at(Path directory) {
      return DatabaseConfig.file(directory.resolve("auth.db"));
    }
  },
  POSTGRESQL {
    @Override
    DatabaseConfig at(Path directory) {
      return Postgres.DATABASES.computeIfAbsent(directory, d -> Postgres.create());
    }
  };

  /** The database of this directory, which is empty at first. */
  abstract DatabaseConfig at(Path directory);

  /** What stands in the tables. */
  Jdbi rows(Path directory) {
    DatabaseConfig config = at(directory);
    return config.user().isPresent()
        ? Jdbi.create(config.url(), config.user().get(), "")
        : Jdbi.create(config.url());
  }

  /** Databases on a real PostgreSQL. */
  private static final class Postgres {
    static final Map<Path, DatabaseConfig> DATABASES = new ConcurrentHashMap<>();

    static DatabaseConfig create() {
      return new DatabaseConfig(
          PostgresServer.newDatabase(),
          Optional.of(PostgresServer.USER),
          Optional.empty(),
          DatabaseConfig.DEFAULT_CONNECTIONS);
    }
  }
}
