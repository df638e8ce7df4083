package io.platform.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.core.filter.TransformFilterFactory;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * What a store does when the network between it and its server fails; NetCrusher is the network.
 */
class BrokenConnectionsTest {
  private static final StoreSettings IMPATIENT =
      new StoreSettings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          3,
          Duration.ofMillis(200),
          4 * 1024 * 1024,
          5 * 1024 * 1024,
          2);

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static @Nullable Path directory;
  private static @Nullable TestServer server;

  private final AtomicBoolean damageUploads = new AtomicBoolean();
  private final AtomicBoolean damageDownloads = new AtomicBoolean();
  private final byte[] content = new byte[13_000_000];
  private @Nullable NioReactor reactor;
  private @Nullable TcpCrusher network;
  private @Nullable ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    server = S3ProxyTest.server(requireNonNull(directory));
  }

  @AfterAll
  static void stop() {
    requireNonNull(server).close();
  }

  @BeforeEach
  void open() throws IOException {
    new Random(3).nextBytes(content);
    URI behind = requireNonNull(server).url();
    String bucket = "faults-" + BUCKETS.incrementAndGet();
    S3Contract.make(bucket, behind);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    reactor = new NioReactor();
    network =
        TcpCrusherBuilder.builder()
            .withReactor(reactor)
            .withBindAddress("127.0.0.1", port)
            .withConnectAddress("127.0.0.1", behind.getPort())
            .withOutgoingTransformFilterFactory(damaging(damageUploads))
            .withIncomingTransformFilterFactory(damaging(damageDownloads))
            .buildAndOpen();
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    StoreLocation.InS3 location = S3Contract.location(bucket, endpoint);
    store =
        ObjectStores.tried(
                S3Bucket.open(location, IMPATIENT, S3Contract.CREDENTIALS),
                location.prefix(),
                IMPATIENT)
            .store();
  }

  /** Changes a byte of each large packet: never one of a head. */
  private static TransformFilterFactory damaging(AtomicBoolean on) {
    return client ->
        (ByteBuffer bytes) -> {
          if (on.get() && bytes.remaining() > 8192) {
            int last = bytes.limit() - 1;
            bytes.put(last, (byte) (bytes.get(last) ^ 1));
          }
        };
  }

  @AfterEach
  void close() {
    requireNonNull(store).close();
    requireNonNull(network).close();
    requireNonNull(reactor).close();
  }

  private ObjectStore store() {
    return requireNonNull(store);
  }

  private TcpCrusher network() {
    return requireNonNull(network);
  }

  private void write(String key) throws IOException {
    try (ObjectWriter writer = store().create(key)) {
      writer.write(content);
      writer.commit();
    }
  }

  private byte[] read(String key) throws IOException {
    try (InputStream in = store().open(key, 0)) {
      return in.readAllBytes();
    }
  }

  @Test
  void anUploadGoesOnAfterAReset() throws Exception {
    try (ObjectWriter writer = store().create("a/slug")) {
      for (int at = 0; at < content.length; at += 1_000_000) {
        writer.write(content, at, 1_000_000);
        if (at == 6_000_000 || at == 11_000_000) {
          network().closeAllPairs();
        }
      }
      writer.commit();
    }
    assertThat(read("a/slug")).isEqualTo(content);
  }

  @Test
  void aDownloadGoesOnAfterAReset() throws Exception {
    write("a/slug");
    try (InputStream in = store().open("a/slug", 0)) {
      byte[] first = in.readNBytes(1_000_000);
      network().closeAllPairs();
      byte[] rest = in.readAllBytes();
      assertThat(first.length + rest.length).isEqualTo(content.length);
      assertThat(rest[rest.length - 1]).isEqualTo(content[content.length - 1]);
    }
  }

  @Test
  void aStalledUploadEndsInTimeAndLeavesNothing() throws Exception {
    Instant begun = Instant.now();
    assertThatThrownBy(
            () -> {
              try (ObjectWriter writer = store().create("a/slug")) {
                writer.write(content, 0, 6_000_000);
                network().freeze();
                writer.write(content, 6_000_000, 7_000_000);
                writer.commit();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Storing a/slug failed: http://127.0.0.1:")
        .hasMessageContaining("did not take or send a byte for too long");
    assertThat(Duration.between(begun, Instant.now())).isLessThan(BOUND);
    network().unfreeze();
    network().closeAllPairs();
    assertThat(store().stat("a/slug")).isEmpty();
  }

  @Test
  void aStalledDownloadEndsInTime() throws Exception {
    write("a/slug");
    Instant begun = Instant.now();
    try (InputStream in = store().open("a/slug", 0)) {
      in.readNBytes(1_000_000);
      network().freeze();
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Reading a/slug failed: ")
          .hasMessageContaining("did not take or send a byte for too long");
    }
    assertThat(Duration.between(begun, Instant.now())).isLessThan(BOUND);
  }

  @Test
  void damageOnTheWayUpIsRefused() throws Exception {
    damageUploads.set(true);
    assertThatThrownBy(() -> write("a/slug"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Storing a/slug failed: ");
    damageUploads.set(false);
    assertThat(store().stat("a/slug")).isEmpty();
  }

  @Test
  void damageOnTheWayDownIsFoundOut() throws Exception {
    byte[] small = new byte[100_000];
    try (ObjectWriter writer = store().create("a/log")) {
      writer.write(small);
      writer.commit();
    }
    damageDownloads.set(true);
    assertThatThrownBy(() -> read("a/log"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Reading a/log failed: its content does not have the SHA-256 it was stored with. Try again; if it goes on, what is stored is damaged and has to be made again.");
    damageDownloads.set(false);
    assertThat(read("a/log")).isEqualTo(small);
  }

  @Test
  void aStoreThatIsGoneIsASentence() {
    network().close();
    assertThatThrownBy(() -> store().stat("a/slug"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "Reading a/slug failed: http://127.0.0.1:[0-9]+ cannot be reached: it refuses connections. Check the endpoint, the network, and that the store runs.");
  }
}
