package io.platform.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.bootstrap.ObjectStores;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.RequestLimits;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netcrusher.core.filter.TransformFilter;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * The behaviour of a store when the network between it and its server fails; NetCrusher is the
 * network.
 */
abstract class BrokenConnectionsContract {
  private static final RequestLimits IMPATIENT =
      new RequestLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          3,
          Duration.ofMillis(200),
          64 * 1024, // a part that crawls may take minutes; one that stands still may not
          5 * 1024 * 1024,
          2);

  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Pattern NO_REQUEST = Pattern.compile("(?!)");
  private static final int HEAD = 512;

  private final AtomicReference<Pattern> answerLost = new AtomicReference<>(NO_REQUEST);
  private final Set<InetSocketAddress> unheard = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean damageUploads = new AtomicBoolean();
  private final AtomicBoolean damageDownloads = new AtomicBoolean();
  final byte[] content = new byte[13_000_000];
  private String bucket = "";
  private @Nullable NioReactor reactor;
  private @Nullable TcpCrusher network;
  private @Nullable ObjectStore store;

  /** The server behind the network. */
  abstract URI server();

  /** Opens the network at a free port. */
  abstract TcpCrusher open(FreePort.Start<TcpCrusher> network) throws Exception;

  abstract void make(String bucket) throws Exception;

  abstract Bucket connect(String bucket, URI endpoint, RequestLimits limits) throws IOException;

  /** How the requests begin that store a small object, and that make one of its parts. */
  abstract Pattern storing();

  abstract Pattern completing();

  @BeforeEach
  void open() throws Exception {
    new Random(3).nextBytes(content);
    bucket = "faults-" + BUCKETS.incrementAndGet();
    make(bucket);
    NioReactor driver = new NioReactor();
    reactor = driver;
    network =
        open(port ->
            TcpCrusherBuilder.builder()
                .withReactor(driver)
                .withBindAddress("127.0.0.1", port)
                .withConnectAddress("127.0.0.1", server().getPort())
                .withOutgoingTransformFilterFactory(this::requests)
                .withIncomingTransformFilterFactory(this::answers)
                .buildAndOpen());
    store =
        ObjectStores.tried(
                connect(
                    bucket,
                    URI.create("http://127.0.0.1:" + network.getBindAddress().getPort()),
                    IMPATIENT),
                "objects/",
                IMPATIENT)
            .store();
  }

  private TransformFilter requests(InetSocketAddress client) {
    return bytes -> {
      byte[] head = new byte[Math.min(bytes.remaining(), HEAD)];
      bytes.get(bytes.position(), head);
      Pattern wanted = answerLost.get();
      if (wanted.matcher(new String(head, StandardCharsets.ISO_8859_1)).lookingAt()
          && answerLost.compareAndSet(wanted, NO_REQUEST)) {
        unheard.add(client);
      }
      damage(damageUploads, bytes);
    };
  }

  private TransformFilter answers(InetSocketAddress client) {
    return bytes -> {
      if (unheard.contains(client)) {
        bytes.limit(bytes.position());
      }
      damage(damageDownloads, bytes);
    };
  }

  /** Changes a byte of each large packet: never one of a head. */
  private static void damage(AtomicBoolean on, ByteBuffer bytes) {
    if (on.get() && bytes.remaining() > 8192) {
      int last = bytes.limit() - 1;
      bytes.put(last, (byte) (bytes.get(last) ^ 1));
    }
  }

  @AfterEach
  void close() {
    requireNonNull(store).close();
    requireNonNull(network).close();
    requireNonNull(reactor).close();
  }

  final String bucket() {
    return bucket;
  }

  final ObjectStore store() {
    return requireNonNull(store);
  }

  final TcpCrusher network() {
    return requireNonNull(network);
  }

  private void write(String key) throws IOException {
    write(key, content, PutOptions.replacing());
  }

  private void write(String key, byte[] bytes, PutOptions how) throws IOException {
    try (ObjectWriter writer = store().create(key, how)) {
      writer.write(bytes);
      writer.commit();
    }
  }

  private byte[] read(String key) throws IOException {
    try (InputStream in = store().open(key, 0)) {
      return in.readAllBytes();
    }
  }

  /** Whether this server can tell what it has of a part that did not come whole. */
  boolean resumes() {
    return true;
  }

  @Test
  void anUploadGoesOnAfterAReset() throws Exception {
    if (resumes()) {
      writeThroughResets();
      assertThat(read("a/slug")).isEqualTo(content);
    } else {
      assertThatThrownBy(this::writeThroughResets)
          .isInstanceOf(IOException.class)
          .hasMessage("Storing a/slug failed: its upload was given up meanwhile. Try again.");
      assertThat(store().stat("a/slug")).isEmpty();
    }
  }

  private void writeThroughResets() throws IOException {
    try (ObjectWriter writer = store().create("a/slug")) {
      for (int at = 0; at < content.length; at += 1_000_000) {
        writer.write(content, at, 1_000_000);
        if (at == 6_000_000 || at == 11_000_000) {
          network().closeAllPairs();
        }
      }
      writer.commit();
    }
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
  void aDownloadDoesNotGoOnWithAnotherObject() throws Exception {
    write("a/slug");
    try (InputStream in = store().open("a/slug", 0)) {
      in.readNBytes(1_000_000);
      byte[] other = content.clone();
      new Random(4).nextBytes(other);
      write("a/slug", other, PutOptions.replacing());
      network().closeAllPairs();
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(StoreException.class)
          .hasMessage("Reading a/slug failed: it was replaced while it was read. Try again.");
    }
  }

  @Test
  void aStalledUploadEndsInTimeAndLeavesNothing() throws Exception {
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
    network().unfreeze();
    network().closeAllPairs();
    assertThat(store().stat("a/slug")).isEmpty();
  }

  /**
   * As an archive does that is closed: what it holds goes the same way. Each write would take a
   * second at least if it waited.
   */
  @Test
  @Timeout(60)
  void anUploadThatFailedWaitsForTheStoreNoMore() throws Exception {
    try (ObjectWriter writer = store().create("a/slug")) {
      writer.write(content, 0, 6_000_000);
      network().freeze();
      assertThatThrownBy(
              () -> {
                for (int round = 0; round < 5; round++) {
                  writer.write(content);
                }
              })
          .hasMessageStartingWith("Storing a/slug failed: ");
      for (int round = 0; round < 60; round++) {
        assertThatThrownBy(() -> writer.write(content))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("Storing a/slug failed: ");
      }
      assertThatThrownBy(writer::commit).hasMessageStartingWith("Storing a/slug failed: ");
    }
  }

  @Test
  void aStalledDownloadEndsInTime() throws Exception {
    write("a/slug");
    try (InputStream in = store().open("a/slug", 0)) {
      in.readNBytes(1_000_000);
      network().freeze();
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Reading a/slug failed: ")
          .hasMessageContaining("did not take or send a byte for too long");
    }
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
            "Reading a/log failed: its content does not have the SHA-256 it was stored with. Try again; if this keeps failing, the stored object is damaged and has to be created again.");
    damageDownloads.set(false);
    assertThat(read("a/log")).isEqualTo(small);
  }

  @Test
  void theFirstOfAKeyKnowsItThoughTheAnswerWasLost() throws Exception {
    byte[] small = {1, 2, 3};
    answerLost.set(storing());
    write("a/lock", small, PutOptions.ifNotThere());
    assertThat(unheard).hasSize(1);
    assertThat(read("a/lock")).isEqualTo(small);
    assertThatThrownBy(() -> write("a/lock", small, PutOptions.ifNotThere()))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void anObjectOfManyPartsIsThereThoughTheAnswerWasLost() throws Exception {
    answerLost.set(completing());
    write("a/slug");
    assertThat(unheard).hasSize(1);
    assertThat(read("a/slug")).isEqualTo(content);
  }

  @Test
  void theFirstOfManyPartsKnowsItThoughTheAnswerWasLost() throws Exception {
    answerLost.set(completing());
    write("a/slug", content, PutOptions.ifNotThere());
    assertThat(unheard).hasSize(1);
    assertThatThrownBy(() -> write("a/slug", content, PutOptions.ifNotThere()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read("a/slug")).isEqualTo(content);
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
