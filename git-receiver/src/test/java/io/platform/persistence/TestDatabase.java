package io.platform.persistence;

import java.nio.file.Path;

/** The engines that every test of the stores runs on. */
enum TestDatabase {
  SQLITE {
    @Override
    DatabaseConfig at(Path directory) {
      return DatabaseConfig.file(directory.resolve("platform.db"));
    }
  },
  POSTGRESQL {
    @Override
    DatabaseConfig at(Path directory) {
      return Postgres.database(directory.toString());
    }
  };

  /** The database of this directory, which is empty at first. */
  abstract DatabaseConfig at(Path directory);
}
