package io.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.gcs.GoogleBucket;
import io.platform.storage.gcs.GoogleConnection;
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
import java.util.function.IntUnaryOperator;

/** fake-gcs-server; {@code .ci/object-stores} builds and names it. */
final class FakeGcs {
  private FakeGcs() {}

  static TestServer start(Path directory) throws Exception {
    return start(directory, port -> port);
  }

  /**
   * Starts it.
   *
   * @param seen the port at which its clients see it
   */
  static TestServer start(Path directory, IntUnaryOperator seen) throws Exception {
    String program =
        BucketContract.environment("TEST_FAKE_GCS")
            .orElseThrow(() -> new IllegalStateException("TEST_FAKE_GCS names no program"));
    return TestServer.start(
        directory,
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
                "127.0.0.1:" + seen.applyAsInt(port),
                "-external-url",
                "http://127.0.0.1:" + seen.applyAsInt(port),
                "-backend",
                "memory"));
  }

  static void make(String bucket, URI server) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest make =
          HttpRequest.newBuilder(server.resolve("/storage/v1/b?project=test"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"name\":\"%s\"}".formatted(bucket)))
              .build();
      assertThat(http.send(make, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  static Bucket connect(String bucket, URI endpoint, RequestLimits limits) throws IOException {
    StoreLocation.InGoogle location =
        new StoreLocation.InGoogle(bucket, "objects/", Optional.of(endpoint));
    return GoogleBucket.open(
        location, limits, GoogleConnection.open(location, limits, Optional.empty()));
  }
}
