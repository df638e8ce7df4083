package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The keys of config vars of a platform on one machine, from its first start to a change of key.
 */
class ConfigKeysIT {
  private static final String NEW_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

  private static final String CONFIG = "/apps/admin/shop/config";

  @TempDir Path directory;

  @Test
  void valuesAreReadableWithTheKeyAlone() throws Exception {
    Path data = directory.resolve("data");
    Path file = data.resolve("config-keys");
    try (Server server = Server.start(data)) {
      String token = server.login();
      assertThat(server.api(token, "POST", "/apps", "{\"name\":\"shop\"}").status()).isEqualTo(201);
      assertThat(
              server.api(token, "PATCH", CONFIG, "{\"SECRET\":\"correct-horse-battery\"}").status())
          .isEqualTo(200);
      server.stop();
    }
    assertThat(files(data)).noneMatch(it -> it.contains("correct-horse-battery"));

    String keys = Files.readString(file);
    Files.delete(file);
    assertThat(said(data, Map.of()))
        .contains(
            " !     The config vars in the database are encrypted, and the file with their keys is missing: "
                + file)
        .doesNotContain("Exception", "\tat ");
    assertThat(said(data, Map.of("PLATFORM_CONFIG_KEYS", NEW_KEY)))
        .contains("encrypted with a key that is not in PLATFORM_CONFIG_KEYS")
        .doesNotContain("Exception", "\tat ");
    assertThat(said(data, Map.of("PLATFORM_CONFIG_KEYS", "no-key")))
        .contains("PLATFORM_CONFIG_KEYS cannot be used: key 1 is not 32 bytes in Base64")
        .doesNotContain("no-key");

    Files.writeString(file, NEW_KEY + "\n" + keys);
    try (Server server = Server.start(data)) {
      server.stop();
    }
    Files.writeString(file, NEW_KEY + "\n");
    try (Server server = Server.start(data)) {
      assertThat(server.api(server.login(), "GET", CONFIG, "").body())
          .isEqualTo("{\"SECRET\":\"correct-horse-battery\"}");
    }
  }

  private static List<String> files(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).map(ConfigKeysIT::bytes).toList();
    }
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String said(Path data, Map<String, String> settings) throws Exception {
    Process up = Server.process(data, settings);
    String said = new String(up.getInputStream().readAllBytes(), UTF_8);
    assertThat(up.waitFor()).isEqualTo(1);
    return said;
  }
}
