package io.platform.commons.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file; the tests of the servers run on PostgreSQL too. */
class DatabaseEngineTest {
  @TempDir Path directory;

  private static FluentConfiguration scripts(String folder) {
    return Flyway.configure().locations("classpath:io/platform/commons/database/" + folder);
  }

  private static DatabaseEngine engine(DatabaseConfig config) {
    return DatabaseEngines.of(config, "test", PoolObserver.NONE);
  }

  @Test
  void severalFirstStartsAtOnceMakeTheTablesOnce() throws Exception {
    DatabaseConfig config = DatabaseConfig.file(directory.resolve("new/some.db"));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> starts =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(
                  i -> threads.submit(() -> engine(config).migrate(scripts("scripts"))))
              .toList();
      for (Future<?> start : starts) {
        start.get();
      }
    }
    try (HikariDataSource pool = engine(config).writers("test", 1);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("INSERT INTO fruit VALUES ('apple', 'red')")).isOne();
    }
  }

  @Test
  void refusesTablesThatOtherScriptsHaveMade() {
    DatabaseConfig config = DatabaseConfig.file(directory.resolve("new/some.db"));
    engine(config).migrate(scripts("scripts"));
    assertThatThrownBy(() -> engine(config).migrate(scripts("other")))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageStartingWith("The database " + config.shown())
        .hasMessageContaining("Start the version of the program that has made its tables")
        .hasMessageNotContainingAny("writable", "password");
  }

  @Test
  void refusesTablesThatANewerVersionHasChanged() {
    DatabaseConfig config = DatabaseConfig.file(directory.resolve("new/some.db"));
    engine(config).migrate(scripts("scripts"));
    assertThatThrownBy(() -> engine(config).migrate(scripts("earlier")))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessage(
            "The database %s cannot be opened: its tables are newer than this version of the program. Start the version of the program that has made its tables, or a newer one."
                .formatted(config.shown()));
  }

  @Test
  void aFileIsForItsOwnerAloneAlsoWhereItWasForOthersBefore() throws Exception {
    DatabaseConfig config = DatabaseConfig.file(directory.resolve("some.db"));
    Files.createFile(
        directory.resolve("some.db"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    engine(config);
    assertThat(Files.getPosixFilePermissions(directory.resolve("some.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
