package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of {@code platform up} where its data directory cannot be used. */
class UnusableDataIT {
  @TempDir Path directory;

  @Test
  void aFileIsNoDirectory() throws Exception {
    Path data = Files.writeString(directory.resolve("data"), "");
    assertThat(said(data))
        .contains(
            " !     The data directory %s cannot be used: it is not a directory.".formatted(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform.db", "auth.db"})
  void aFileIsNoDatabase(String name) throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path file = Files.writeString(data.resolve(name), "no database ".repeat(1000));
    assertThat(said(data))
        .contains(file.toString(), "Put a backup of the file in its place")
        .doesNotContain("writable", "SQL State", "Exception");
    assertThat(Files.readString(file)).startsWith("no database");
  }

  private static String said(Path data) throws IOException, InterruptedException {
    Process up = Server.process(data, Map.of());
    String said = new String(up.getInputStream().readAllBytes(), UTF_8);
    assertThat(up.waitFor()).isEqualTo(1);
    return said;
  }
}
