package io.platform.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.commons.http.SlowRequestLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests of which a byte comes now and then, for ever. */
@Timeout(120)
class SlowRequestTest {
  private static final int PACE_MILLIS = 20;

  @TempDir private Path directory;
  private RunningAuth auth;

  @BeforeEach
  void start() throws Exception {
    SlowRequestLimits limits =
        new SlowRequestLimits(
            Duration.ofSeconds(1), Duration.ofMillis(300), 1024, Duration.ofMinutes(1));
    auth =
        RunningAuth.start(
            RunningAuth.config(TestDatabase.SQLITE, directory).withRequests(limits),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    auth.close();
  }

  /** Sends a byte at a time after this until the server answers or closes; returns what it said. */
  private String trickle(String beginning) throws IOException {
    int port = URI.create(auth.url).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PACE_MILLIS);
      socket.getOutputStream().write(beginning.getBytes(US_ASCII));
      while (true) {
        try {
          int first = socket.getInputStream().read();
          socket.setSoTimeout(0);
          return first < 0
              ? ""
              : (char) first + new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketTimeoutException e) {
          sendByte(socket);
        } catch (SocketException e) {
          return "";
        }
      }
    }
  }

  private static void sendByte(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write('x');
    } catch (SocketException e) {
      // Closed by the server, which the next read tells.
    }
  }

  @Test
  void aFormHasADeadline() throws Exception {
    assertThat(
            trickle(
                """
                POST /oauth/token HTTP/1.1
                Host: localhost
                Content-Type: application/x-www-form-urlencoded
                Content-Length: 10000

                """
                    .replace("\n", "\r\n")))
        .startsWith("HTTP/1.1 408")
        .contains("\"error\":\"invalid_request\"")
        .contains("The request's body did not arrive within ");
  }

  @Test
  void aJsonBodyHasADeadline() throws Exception {
    assertThat(
            trickle(
                """
                POST /auth/v1/accounts HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: 10000

                """
                    .formatted(auth.adminToken())
                    .replace("\n", "\r\n")))
        .startsWith("HTTP/1.1 408")
        .contains("The request's body did not arrive within ");
  }

  @Test
  void headersHaveADeadline() throws Exception {
    assertThat(trickle("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")).isEmpty();
  }

  @Test
  void aBodyThatIsNoHttpIsRefused() throws Exception {
    int port = URI.create(auth.url).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          """
          POST /oauth/token HTTP/1.1\r
          Host: localhost\r
          Content-Type: application/x-www-form-urlencoded\r
          Transfer-Encoding: chunked\r
          Connection: close\r
          \r
          no number of bytes\r
          """;
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400")
          .contains("ended early, or is not valid HTTP");
    }
  }
}
