package io.platform.storage;

import static java.util.Objects.requireNonNull;

import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.s3.S3Bucket;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.tcp.TcpCrusher;

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
}
