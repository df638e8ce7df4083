package io.platform.slug.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PlatformHttpTest {
  @Test
  @Timeout(60)
  void anAnswerThatStopsInTheMiddleIsNotAwaitedForEver() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> beginAnswers(server));
      PlatformHttp platform =
          new PlatformHttp(
              URI.create("http://localhost:" + server.getLocalPort()),
              "token",
              Duration.ofSeconds(1));

      assertThatThrownBy(() -> platform.get("/job")).isInstanceOf(HttpTimeoutException.class);
      assertThatThrownBy(() -> platform.locate("/source")).isInstanceOf(HttpTimeoutException.class);
    }
  }

  /** Each with one byte of ten. */
  private static void beginAnswers(ServerSocket server) {
    try {
      while (true) {
        Socket connection = server.accept();
        InputStream request = connection.getInputStream();
        for (String end = ""; !end.endsWith("\r\n\r\n"); ) {
          end += (char) request.read();
        }
        connection
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // Closed.
    }
  }
}
