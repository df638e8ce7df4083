package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The features that only a database in a file has. */
final class SqliteFileTest {

  @TempDir Path directory;

  @Test
  void isForItsOwnerAlone() throws Exception {
    try (RunningAuth server = RunningAuth.in(TestDatabase.SQLITE, directory)) {
      server.adminToken();
      for (String file : new String[] {"auth.db", "auth.db-wal", "auth.db-shm"}) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(directory.resolve(file))))
            .isEqualTo("rw-------");
      }
      assertThat(Files.readString(directory.resolve("auth.db"), StandardCharsets.ISO_8859_1))
          .doesNotContain(RunningAuth.PASSWORD)
          .doesNotContain(RunningAuth.SECRET);
    }
  }
}
