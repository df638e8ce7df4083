package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of {@code platform up} where the settings of its object store cannot be used. */
class UnusableObjectStoreIT {
  @TempDir Path directory;

  @Test
  void theKeyFileIsMissing() throws Exception {
    Path missing = directory.resolve("key.json");
    Process up =
        Server.process(
            directory.resolve("data"),
            Map.of(
                "PLATFORM_OBJECT_STORE",
                "gs://bucket/objects",
                "GOOGLE_APPLICATION_CREDENTIALS",
                missing.toString()));
    assertThat(new String(up.getInputStream().readAllBytes(), UTF_8))
        .contains(
            " !     The object store gs://bucket cannot be used: GOOGLE_APPLICATION_CREDENTIALS is "
                + missing)
        .contains("Correct it")
        .doesNotContain("Exception");
    assertThat(up.waitFor()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://somewhere, The object store 'ftp:' is of an unknown kind",
    "bucket, The object store is no URL: use file:///",
    "s3://a b, The object store is no URL: use file:///"
  })
  void theUrlIsNone(String url, String why) throws Exception {
    Process up = Server.process(directory.resolve("data"), Map.of(), "--object-store", url);
    assertThat(new String(up.getInputStream().readAllBytes(), UTF_8))
        .contains(" !     --object-store cannot be used: " + why)
        .doesNotContain("Exception");
    assertThat(up.waitFor()).isEqualTo(1);
  }
}
