package io.platform.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.commons.http.SlowRequestLimits;
import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.storage.ObjectWriter;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of which a byte comes now and then, for ever. */
class SlowBodyTest {
  private static final int PACE_MILLIS = 20;
  private static final SlowRequestLimits LIMITS =
      new SlowRequestLimits(
          Duration.ofSeconds(30), Duration.ofMillis(300), 1 << 20, Duration.ofMillis(300));

  @TempDir Path data;

  private TestPlatform platform;
  private App app;
  private BuildId id;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data, LIMITS);
    app = platform.app("shop");
    id = platform.accepted(app);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private String builder() {
    return platform.tokens.forBuild(id, Instant.now().plusSeconds(600));
  }

  /** Sends a byte of the body at a time until there is an answer; returns it. */
  private String trickle(String method, String target, String token, int length)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.base.getPort())) {
      socket.setSoTimeout(PACE_MILLIS);
      String head =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(method, target, token, length);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      int first = -1;
      while (first < 0) {
        try {
          first = socket.getInputStream().read();
          assertThat(first).as("closed without an answer").isNotNegative();
        } catch (SocketTimeoutException e) {
          trickled(socket);
        }
      }
      socket.setSoTimeout(0);
      return (char) first + new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static void trickled(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write('{');
    } catch (SocketException e) {
      // Closed by the server, whose answer is to be read.
    }
  }

  @Test
  void aJsonBodyHasADeadline() throws Exception {
    assertThat(trickle("POST", "/api/v1/apps", "dev", 2_000))
        .startsWith("HTTP/1.1 408")
        .contains("The request's body did not arrive within ");
  }

  @Test
  void aBuildersLogAndReportHaveADeadline() throws Exception {
    String build = "/api/v1/builds/" + id;
    assertThat(trickle("POST", build + "/log?offset=0", builder(), 4_000))
        .startsWith("HTTP/1.1 408");
    assertThat(trickle("POST", build + "/report", builder(), 4_000)).startsWith("HTTP/1.1 408");
    assertThat(trickle("POST", build + "/slug", builder(), 4_000)).startsWith("HTTP/1.1 408");
    assertThat(platform.log(id)).isEmpty();
  }

  @Test
  void anObjectHasALeastRateAndNothingOfASlowOneIsKept() throws Exception {
    String key = platform.keys.slug(app, id);
    URI url =
        URI.create(
            platform
                .objects
                .store()
                .signPut(key, 100_000, "0".repeat(64), Duration.ofMinutes(1))
                .url());
    assertThat(trickle("PUT", url.getRawPath() + "?" + url.getRawQuery(), "none", 100_000))
        .startsWith("HTTP/1.1 408")
        .contains("The upload was slower than 1048576 bytes a second and was ended.");
    assertThat(platform.objects.store().stat(key)).isEmpty();
    try (Stream<Path> files = Files.walk(data.resolve("objects/.partial"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void anObjectIsTakenAtALeastRate() throws Exception {
    String key = platform.keys.slug(app, id);
    int size = 32 << 20;
    try (ObjectWriter out = platform.objects.store().create(key)) {
      out.write(new byte[size]);
      out.commit();
    }
    URI url = URI.create(platform.objects.store().signGet(key, Duration.ofMinutes(1)));
    AtomicInteger came = new AtomicInteger();
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), platform.base.getPort()));
      String head =
          "GET %s?%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(url.getRawPath(), url.getRawQuery());
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      byte[] piece = new byte[512];
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofMinutes(2))
          .until(() -> {
            int n = socket.getInputStream().read(piece);
            came.addAndGet(Math.max(0, n));
            return n < 0;
          });
    } catch (SocketException reset) {
      // What had come until then is thrown away with the connection.
    }
    assertThat(came).hasValueLessThan(size);
  }

  @Test
  void aBodyThatIsNoHttpIsRefused() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.base.getPort())) {
      String request =
          """
          POST /api/v1/apps HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer dev\r
          Transfer-Encoding: chunked\r
          \r
          no number of bytes\r
          """;
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400")
          .contains("The request's body ended early, or is not valid HTTP.");
    }
  }
}
