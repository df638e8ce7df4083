package io.platform.slug.build.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.slug.Blob;
import io.platform.slug.FakePlatform;
import io.platform.slug.FakePlatform.Fault;
import io.platform.slug.archive.HashingOutputStream;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadObjectTest {
  private static final Duration RETRY_TIME = Duration.ofMillis(500);

  @TempDir private Path directory;
  private FakePlatform platform;
  private Path file;
  private Blob blob;
  private final List<String> messages = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    file = directory.resolve("slug");
    try (HashingOutputStream out =
        new HashingOutputStream(Files.newOutputStream(file), Long.MAX_VALUE)) {
      out.write("the slug".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      blob = out.blob();
    }
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private void upload() throws IOException, InterruptedException {
    new UploadObject(
            new PlatformHttp(platform.url(), FakePlatform.TOKEN),
            FakePlatform.BUILD,
            "slug",
            new StoreRetryBudget(RETRY_TIME),
            messages::add)
        .run(file, blob, Instant.now().plusSeconds(600));
  }

  private void fail(String path, int times) {
    platform.fail(path, Collections.nCopies(times, Fault.UNAVAILABLE).toArray(Fault[]::new));
  }

  @Test
  void givesUpAStoreThatFailsThoughThePlatformAnswers() {
    fail("/objects/slug", 1000);
    Instant begun = Instant.now();
    assertThatThrownBy(this::upload).hasMessage("the object store answered HTTP status 503");
    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(RETRY_TIME);
    assertThat(messages)
        .containsExactly(
            "It could not be stored yet, trying again: the object store answered HTTP status 503");
  }

  @Test
  void waitsForThePlatformLongerThanForTheStore() throws Exception {
    fail("/objects/slug", 1);
    fail("/builds/b1/slug", 5);
    Instant begun = Instant.now();
    upload();
    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(RETRY_TIME);
    assertThat(platform.stored("slug")).isPresent();
  }
}
