package io.platform.storage;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against S3Proxy, with its objects in its memory. */
class S3ProxyTest extends S3Contract {
  @TempDir private static @Nullable Path directory;
  private static @Nullable TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = server(requireNonNull(directory));
  }

  /** Checks signatures as S3 does. */
  static TestServer server(Path directory) throws Exception {
    return TestServer.start(
        directory,
        Map.of(),
        port -> {
          Path settings = directory.resolve("s3proxy-%d.properties".formatted(port));
          try {
            Files.write(
                settings,
                List.of(
                    "s3proxy.endpoint=http://127.0.0.1:" + port,
                    "s3proxy.authorization=aws-v2-or-v4",
                    "s3proxy.identity=" + USER,
                    "s3proxy.credential=" + PASSWORD,
                    "s3proxy.ignore-unknown-headers=true",
                    "s3proxy.v4-max-non-chunked-request-size=67108864",
                    "jclouds.provider=transient-nio2",
                    "jclouds.identity=local",
                    "jclouds.credential=local"));
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          return java(
              "-Xmx512m",
              "-jar",
              System.getProperty("test.servers", "target/test-servers") + "/s3proxy.jar",
              "--properties",
              settings.toString());
        });
  }

  @AfterAll
  static void stop() {
    requireNonNull(server).close();
  }

  @Override
  URI endpoint() {
    return requireNonNull(server).url();
  }

  /** It keeps no checksums of S3's newer kind: they are found out by reading. */
  @Override
  boolean checksDigests() {
    return false;
  }

  /**
   * It looks first and writes then: of two that write at once, both may be told that they were the
   * first.
   */
  @Override
  boolean decidesAtOnce() {
    return false;
  }

  /** It refuses to give up an upload whose parts are still on their way. */
  @Override
  boolean deletesUploads() {
    return false;
  }
}
