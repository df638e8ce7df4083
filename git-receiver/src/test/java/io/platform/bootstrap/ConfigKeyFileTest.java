package io.platform.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.persistence.ConfigKeysUnusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigKeyFileTest {
  @TempDir Path directory;
  private Path file;
  private ConfigKeyFile keys;

  @BeforeEach
  void name() {
    file = directory.resolve("config-keys");
    keys = new ConfigKeyFile(file);
  }

  @Test
  void theFirstStartMakesAFileForItsOwnerAlone() throws Exception {
    String made = keys.keys(false).toString();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(keys.keys(true).toString()).isEqualTo(made);
    assertThat(keys.keys(false).toString()).isEqualTo(made);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aMissingFileIsNotMadeAgain() {
    assertThatThrownBy(() -> keys.keys(true))
        .isInstanceOf(ConfigKeysUnusable.class)
        .hasMessage(
            "The config vars in the database are encrypted, and the file with their keys is missing: %s. Put it back from your backup, and start again.",
            file);
    assertThat(file).doesNotExist();
  }

  @Test
  void severalKeysAreReadAndTheFirstEncrypts() throws Exception {
    String old = keys.keys(false).toString();
    String text = Files.readString(file);
    Files.writeString(file, "  " + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\n\n" + text);

    assertThat(keys.keys(true).toString()).contains(", " + old.substring(1)).doesNotContain("MDEy");
  }

  @Test
  void aFileWithoutGoodKeysIsRefused() throws Exception {
    Files.writeString(file, "# nothing\n");
    assertThatThrownBy(() -> keys.keys(false)).hasMessageContaining("there is no key");
    Files.writeString(file, "c2hvcnQ=\n");
    assertThatThrownBy(() -> keys.keys(false))
        .hasMessageContaining("has no good keys of config vars: key 1 is not 32 bytes in Base64.")
        .hasMessageNotContaining("c2hvcnQ");
  }
}
