package io.platform.storage;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.platform.storage.bucket.BucketStore;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netcrusher.core.filter.TransformFilter;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * An upload whose connection breaks in the middle of a chunk. fake-gcs-server keeps what it has,
 * but takes the question how much that is for the upload's end: WireMock, in front of it, answers
 * that one question with what the server itself said last.
 */
@Tag("object-stores")
class GoogleResumedUploadTest {
  private static final int PART = BucketContract.SMALL_PARTS.partSize();
  private static final String ASKING = "bytes */*";

  @TempDir private @Nullable Path directory;
  private final byte[] content = new byte[2 * PART + 1000];
  private final LastRange lastRange = new LastRange();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean cut = new AtomicBoolean();
  private @Nullable TestServer google;
  private @Nullable WireMockServer front;
  private @Nullable NioReactor reactor;
  private @Nullable TcpCrusher network;
  private @Nullable ObjectStore store;

  @BeforeEach
  void open() throws Exception {
    new Random(5).nextBytes(content);
    int port = FreePort.find();
    google = FakeGcs.start(requireNonNull(directory), own -> port);
    FakeGcs.make("resumed", google.url());
    front =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .preserveHostHeader(true)
                .extensions(lastRange));
    front.start();
    front.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(google.url().toString())));
    front.stubFor(
        put(anyUrl())
            .withHeader("Content-Range", equalTo(ASKING))
            .willReturn(aResponse().withStatus(308)));
    reactor = new NioReactor();
    network =
        TcpCrusherBuilder.builder()
            .withReactor(reactor)
            .withBindAddress("127.0.0.1", port)
            .withConnectAddress("127.0.0.1", front.port())
            .withOutgoingTransformFilterFactory(this::cutting)
            .buildAndOpen();
    store =
        new BucketStore(
            FakeGcs.connect(
                "resumed", URI.create("http://127.0.0.1:" + port), BucketContract.SMALL_PARTS),
            "objects/",
            BucketContract.SMALL_PARTS);
  }

  @AfterEach
  void close() {
    requireNonNull(store).close();
    requireNonNull(network).close();
    requireNonNull(reactor).close();
    requireNonNull(front).stop();
    requireNonNull(google).close();
  }

  /** Breaks the connection once, in the middle of the second chunk. */
  private TransformFilter cutting(InetSocketAddress client) {
    return bytes -> {
      if (sent.addAndGet(bytes.remaining()) > PART + PART / 2 && cut.compareAndSet(false, true)) {
        Thread.ofVirtual().start(() -> requireNonNull(network).closeAllPairs());
      }
    };
  }

  /** What the server has, as it said when it took a chunk. */
  private static final class LastRange implements ResponseTransformerV2 {
    private final AtomicReference<String> range = new AtomicReference<>("");

    @Override
    public String getName() {
      return "last-range";
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
      if (ASKING.equals(event.getRequest().getHeader("Content-Range"))) {
        return Response.Builder.like(response)
            .but()
            .headers(new HttpHeaders(new HttpHeader("Range", range.get())))
            .build();
      }
      HttpHeader its = response.getHeaders().getHeader("Range");
      if (its.isPresent()) {
        range.set(its.firstValue());
      }
      return response;
    }
  }

  @Test
  void goesOnAtTheByteThatTheStoreHas() throws Exception {
    try (ObjectWriter writer = requireNonNull(store).create("a/slug")) {
      writer.write(content);
      writer.commit();
    }
    assertThat(cut).isTrue();
    WireMockServer asked = requireNonNull(front);
    asked.verify(1, putRequestedFor(anyUrl()).withHeader("Content-Range", equalTo(ASKING)));
    asked.verify(
        1,
        putRequestedFor(anyUrl())
            .withHeader("Content-Range", equalTo("bytes 0-%d/*".formatted(PART - 1))));
    assertThat(read()).isEqualTo(content);
  }

  /** Not through WireMock, which is not made for large answers. */
  private byte[] read() throws IOException, InterruptedException {
    URI object =
        requireNonNull(google)
            .url()
            .resolve("/storage/v1/b/resumed/o/objects%2Fa%2Fslug?alt=media");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(object).build(), BodyHandlers.ofByteArray()).body();
    }
  }
}
