package io.platform.storage;

import static java.util.Objects.requireNonNull;

import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.RequestLimits;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.tcp.TcpCrusher;

/** The network between the platform and fake-gcs-server. */
@Tag("object-stores")
class GoogleBrokenConnectionsTest extends BrokenConnectionsContract {
  @TempDir private static @Nullable Path directory;
  private static @Nullable TestServer server;
  private static int network; // the server tells its clients where they see it

  @BeforeAll
  static void start() throws Exception {
    network = FreePort.find();
    server = FakeGcs.start(requireNonNull(directory), port -> network);
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
  TcpCrusher open(FreePort.Start<TcpCrusher> crusher) throws Exception {
    return crusher.at(network);
  }

  @Override
  void make(String bucket) throws Exception {
    FakeGcs.make(bucket, server());
  }

  @Override
  Bucket connect(String bucket, URI endpoint, RequestLimits limits) throws IOException {
    return FakeGcs.connect(bucket, endpoint, limits);
  }

  /** It takes the question how much it has for the upload's end. */
  @Override
  boolean resumes() {
    return false;
  }

  @Override
  Pattern storing() {
    return Pattern.compile("POST \\S+uploadType=multipart");
  }

  @Override
  Pattern completing() {
    return Pattern.compile("POST \\S+/rewriteTo/");
  }
}
