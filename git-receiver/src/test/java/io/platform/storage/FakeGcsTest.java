package io.platform.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against fake-gcs-server; {@code .ci/object-stores} builds and names it. It looks at no signature
 * and at none of the headers that a URL is bound to.
 */
@Tag("object-stores")
class FakeGcsTest extends BucketContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static @Nullable Path directory;
  private static @Nullable TestServer server;

  private String bucket = "";
  private @Nullable ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    String program =
        environment("PLATFORM_TEST_FAKE_GCS")
            .orElseThrow(
                () -> new IllegalStateException("PLATFORM_TEST_FAKE_GCS names no program"));
    server =
        TestServer.start(
            requireNonNull(directory),
            Map.of(),
            port ->
                List.of(
                    program,
                    "-scheme",
                    "http",
                    "-host",
                    "127.0.0.1",
                    "-port",
                    Integer.toString(port),
                    "-public-host",
                    "127.0.0.1:" + port,
                    "-external-url",
                    "http://127.0.0.1:" + port,
                    "-backend",
                    "memory"));
  }

  @AfterAll
  static void stop() {
    requireNonNull(server).close();
  }

  @BeforeEach
  void open() throws Exception {
    bucket = "test-bucket-" + BUCKETS.incrementAndGet();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest make =
          HttpRequest.newBuilder(requireNonNull(server).url().resolve("/storage/v1/b?project=test"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"name\":\"%s\"}".formatted(bucket)))
              .build();
      assertThat(http.send(make, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
    store = open(bucket).store();
  }

  @AfterEach
  void close() {
    store().close();
  }

  @Override
  ObjectStores.Opened open(String name) throws IOException {
    URI endpoint = requireNonNull(server).url();
    StoreLocation.InGoogle location =
        new StoreLocation.InGoogle(name, "objects/", Optional.of(endpoint));
    GoogleConnection connection = GoogleConnection.open(location, SMALL_PARTS, Optional.empty());
    return ObjectStores.tried(
        GoogleBucket.open(location, SMALL_PARTS, connection), location.prefix(), SMALL_PARTS);
  }

  @Override
  ObjectStore store() {
    return requireNonNull(store);
  }

  @Override
  String bucket() {
    return bucket;
  }

  @Override
  boolean checksSignatures() {
    return false;
  }

  @Override
  boolean checksDigests() {
    return false;
  }

  @Override
  boolean checksSizes() {
    return false;
  }

  @Override
  boolean deletesUploads() {
    return false;
  }
}
