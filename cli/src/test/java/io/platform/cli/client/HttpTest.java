package io.platform.cli.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class HttpTest {
  @Test
  @Timeout(60)
  void anAnswerThatStopsInTheMiddleIsNotAwaitedForEver() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var clients = new HttpClients("test", Optional.empty(), new ProxyVariables(name -> null))) {
      Thread.ofVirtual().start(() -> beginAnswers(server));
      var url = "http://localhost:" + server.getLocalPort();
      var http = new Http(Optional.empty(), clients);

      assertThatThrownBy(() -> http.get(URI.create(url + "/api/v1/me"), Duration.ofSeconds(1)))
          .isInstanceOf(ClientException.Unreachable.class)
          .hasMessage("Could not reach " + url + ": no answer in time.");
    }
  }

  /** Each with one byte of ten. */
  private static void beginAnswers(ServerSocket server) {
    try {
      while (true) {
        var connection = server.accept();
        var request = connection.getInputStream();
        for (var end = ""; !end.endsWith("\r\n\r\n"); ) {
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
