package io.platform.storage;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Against a real MinIO; {@code .ci/object-stores} builds and names it. */
@Tag("object-stores")
class MinioTest extends S3Contract {
  @TempDir private static @Nullable Path directory;
  private static @Nullable TestServer server;

  @BeforeAll
  static void start() throws Exception {
    String program =
        environment("TEST_MINIO")
            .orElseThrow(() -> new IllegalStateException("TEST_MINIO names no program"));
    Path data = requireNonNull(directory);
    server =
        TestServer.start(
            data,
            Map.of(
                "MINIO_ROOT_USER", USER, "MINIO_ROOT_PASSWORD", PASSWORD, "MINIO_BROWSER", "off"),
            port ->
                List.of(
                    program,
                    "server",
                    data.resolve("data").toString(),
                    "--address",
                    "127.0.0.1:" + port));
    requireNonNull(server).awaitOk("/minio/health/ready");
  }

  @AfterAll
  static void stop() {
    requireNonNull(server).close();
  }

  @Override
  URI endpoint() {
    return requireNonNull(server).url();
  }
}
