package io.platform.persistence;

import io.platform.commons.database.DatabaseConfig;
import io.platform.persistence.database.SchemaMigrations;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** The engines that every test of the stores runs on. */
public enum TestDatabase {
  SQLITE {
    @Override
    public DatabaseConfig at(Path directory) {
      return DatabaseConfig.file(directory.resolve("platform.db"));
    }

    @Override
    DataSource source(DatabaseConfig config) {
      SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl(config.url());
      return source;
    }

    @Override
    SchemaMigrations migrations() {
      return SchemaMigrations.SQLITE;
    }
  },
  POSTGRESQL {
    @Override
    public DatabaseConfig at(Path directory) {
      return Postgres.database(directory.toString());
    }

    @Override
    DataSource source(DatabaseConfig config) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(config.url());
      config.user().ifPresent(source::setUser);
      return source;
    }

    @Override
    SchemaMigrations migrations() {
      return SchemaMigrations.POSTGRESQL;
    }
  };

  /** The database of this directory, which is empty at first. */
  public abstract DatabaseConfig at(Path directory);

  /** Connections to it that the stores know nothing of. */
  abstract DataSource source(DatabaseConfig config);

  abstract SchemaMigrations migrations();
}
