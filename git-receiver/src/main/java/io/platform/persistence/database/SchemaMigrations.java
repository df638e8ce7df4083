package io.platform.persistence.database;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The scripts that create and change the tables. A script in {@code migration/common} is for both
 * databases: where their SQL differs it has a placeholder, such as {@code ${bigint}}. The oldest
 * scripts exist once for each database; Flyway refuses to start where a script that has run was
 * changed, so that they stay as they are.
 *
 * @param folder of the scripts for this database alone
 * @param placeholders by name, what this database writes for them
 */
public record SchemaMigrations(String folder, Map<String, String> placeholders) {
  private static final String FOLDERS = "classpath:io/platform/persistence/migration/";

  public static final SchemaMigrations SQLITE =
      new SchemaMigrations(
          "sqlite",
          Map.of(
              "key", "TEXT",
              "bigint", "INTEGER",
              "bytes", "BLOB",
              "json_object", "json_object",
              "position", "instr",
              "strict", "STRICT"));

  public static final SchemaMigrations POSTGRESQL =
      new SchemaMigrations(
          "postgresql",
          Map.of(
              "key", "TEXT COLLATE \"C\"",
              "bigint", "BIGINT",
              "bytes", "BYTEA",
              "json_object", "json_build_object",
              "position", "strpos",
              "strict", ""));

  /** Flyway with the scripts for this database, of which it does not know yet where it is. */
  public FluentConfiguration scripts() {
    return Flyway.configure()
        .locations(FOLDERS + "common", FOLDERS + folder)
        .placeholders(placeholders);
  }
}
