package io.platform.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.s3.S3Bucket;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.tcp.TcpCrusher;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** The network between the platform and S3Proxy. */
class S3BrokenConnectionsTest extends BrokenConnectionsContract {
  @TempDir private static @Nullable Path directory;
  private static @Nullable TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = S3ProxyTest.server(requireNonNull(directory));
  }

  @AfterAll
  static void stop() {
    requireNonNull(server).close();
  }

  @Override
  URI server() {
    return requireNonNull(server).url();
  }

  @Override
  TcpCrusher open(FreePort.Start<TcpCrusher> network) throws Exception {
    return FreePort.start(network);
  }

  @Override
  void make(String bucket) throws IOException {
    S3Contract.make(bucket, server());
  }

  @Override
  Bucket connect(String bucket, URI endpoint, RequestLimits limits) throws IOException {
    return S3Bucket.open(S3Contract.location(bucket, endpoint), limits, S3Contract.CREDENTIALS);
  }

  @Override
  Pattern storing() {
    return Pattern.compile("PUT ");
  }

  @Override
  Pattern completing() {
    return Pattern.compile("POST \\S+uploadId=");
  }

  private List<MultipartUpload> unfinished() throws IOException {
    return S3Contract.asked(
        bucket(),
        server(),
        client -> client.listMultipartUploads(b -> b.bucket(bucket())).uploads());
  }

  /** Google's uploads expire by themselves. */
  @Test
  void anUploadIsGivenUpOnceTheStoreIsBack() throws Exception {
    assertThatThrownBy(
            () -> {
              try (ObjectWriter writer = store().create("a/slug")) {
                writer.write(content, 0, 6_000_000);
                network().close();
                writer.write(content, 6_000_000, 7_000_000);
                writer.commit();
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(unfinished()).hasSize(1);
    network().open();
    await().until(() -> unfinished().isEmpty());
  }
}
