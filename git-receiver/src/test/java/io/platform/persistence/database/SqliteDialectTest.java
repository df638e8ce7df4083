package io.platform.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Build;
import io.platform.domain.BuildStatus;
import io.platform.persistence.Fixture;
import io.platform.persistence.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The features that only a database in a file has. */
class SqliteDialectTest {
  @TempDir Path directory;
  private Fixture fixture;

  @BeforeEach
  void open() {
    fixture = new Fixture(TestDatabase.SQLITE, directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void allIsThereAfterAKill() throws Exception {
    Build build = fixture.open(fixture.app("shop"));
    fixture.stores.builds().accept(build.id(), Fixture.source("source"), Instant.now());
    fixture
        .stores
        .buildLog()
        .appendAt(build.id(), "builder", 0, "-----> Node.js\n".getBytes(StandardCharsets.UTF_8));
    String clusterId = fixture.stores.clusterId();
    Path copy = Files.createDirectory(directory.resolve("killed"));
    for (String file : List.of("platform.db", "platform.db-wal")) {
      Files.copy(directory.resolve(file), copy.resolve(file));
    }
    try (Fixture reopened = new Fixture(TestDatabase.SQLITE, copy)) {
      Build found = reopened.stores.builds().unsettled().getFirst();
      assertThat(found.status()).isEqualTo(BuildStatus.ACCEPTED);
      assertThat(found.logSize()).isEqualTo(15);
      assertThat(reopened.stores.clusterId()).isEqualTo(clusterId);
    }
  }

  @Test
  void filesAreForTheOwnerAlone() throws Exception {
    fixture.open(fixture.app("shop"));
    for (String file : List.of("platform.db", "platform.db-wal", "platform.db-shm")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
          .isEqualTo("rw-------");
    }
  }
}
