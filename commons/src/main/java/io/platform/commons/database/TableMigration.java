package io.platform.commons.database;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings tables up to date, but not those that a newer version of the program has changed. */
final class TableMigration {
  private static final Set<MigrationState> NEWER =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private TableMigration() {}

  /** Flyway itself would only log that scripts have run that it does not know. */
  static MigrateResult run(FluentConfiguration scripts) {
    Flyway flyway = scripts.load();
    if (Arrays.stream(flyway.info().applied())
        .map(MigrationInfo::getState)
        .anyMatch(NEWER::contains)) {
      throw new FlywayException("its tables are newer than this version of the program");
    }
    return flyway.migrate();
  }
}
