package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that create and change the tables. */
class MigrationsTest {
  @TempDir Path directory;

  @Test
  void giveBothDatabasesTheSameColumns() throws Exception {
    assertThat(columns(TestDatabase.POSTGRESQL))
        .contains("build.log_size", "app.formation")
        .isEqualTo(columns(TestDatabase.SQLITE));
  }

  /** Flyway refuses to start where a script that has run has another checksum. */
  @Test
  void areAsInstallationsHaveRunThem() {
    assertThat(checksums(TestDatabase.SQLITE))
        .startsWith(
            -520023715,
            -1043011533,
            691962429,
            546281522,
            -686803038,
            1147002156,
            512807607,
            -1282566227,
            -229340043,
            2042434352,
            -62079059,
            -286665783,
            -575004844,
            236314711,
            -1516861302,
            289476206,
            276409080,
            -1989229487,
            -1103522031,
            952311077,
            -1667354231,
            -1112279778,
            596457650,
            248326208);
    assertThat(checksums(TestDatabase.POSTGRESQL))
        .startsWith(
            -131626086,
            1972858985,
            691962429,
            546281522,
            -686803038,
            18603830,
            -1816876078,
            163616089,
            -229340043,
            2042434352,
            -162389148,
            -286665783,
            -575004844,
            236314711,
            -1516861302,
            289476206,
            276409080,
            -1989229487,
            -1103522031,
            952311077,
            -1667354231,
            -1112279778,
            596457650,
            248326208);
  }

  @Test
  void writeWhatDiffersBetweenTheDatabasesAsPlaceholders() {
    for (TestDatabase database : TestDatabase.values()) {
      DataSource source = database.source(database.at(directory));
      database
          .migrations()
          .scripts()
          .dataSource(source)
          .locations("classpath:io/platform/persistence/placeholders")
          .load()
          .migrate();

      List<String> rows =
          Jdbi.create(source)
              .withHandle(handle ->
                  handle
                      .select("SELECT id || ' ' || size || ' ' || dash FROM sample ORDER BY id")
                      .mapTo(String.class)
                      .list());
      assertThat(rows).as(database.name()).containsExactly("B 1 0", "b-1 5000000000 2");
    }
  }

  private Set<String> columns(TestDatabase database) throws Exception {
    DataSource source = database.source(database.at(directory));
    database.migrations().scripts().dataSource(source).load().migrate();
    Set<String> columns = new TreeSet<>();
    try (Connection connection = source.getConnection();
        ResultSet rows = connection.getMetaData().getColumns(null, null, "%", "%")) {
      while (rows.next()) {
        columns.add(rows.getString("TABLE_NAME") + "." + rows.getString("COLUMN_NAME"));
      }
    }
    Set<String> tables =
        Set.of(
            "setting",
            "app",
            "route",
            "build",
            "app_release",
            "build_log",
            "app_event",
            "app_domain",
            "app_former_path",
            "app_certificate",
            "app_maintenance");
    columns.removeIf(column -> !tables.contains(column.substring(0, column.indexOf('.'))));
    return columns;
  }

  private List<Integer> checksums(TestDatabase database) {
    DataSource source = database.source(database.at(directory));
    return Arrays.stream(database.migrations().scripts().dataSource(source).load().info().all())
        .map(MigrationInfo::getChecksum)
        .toList();
  }
}
