package io.platform.commons.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that come a byte at a time. */
@Timeout(60)
class RequestHeaderDeadlineTest {
  private static final int PACE_MILLIS = 50;

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    connector.addBean(RequestHeaderDeadline.of(connector, Duration.ofMillis(300)));
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            Content.Sink.write(response, true, Content.Source.asString(request), callback);
            return true;
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nX-Slow: "
      })
  void endsARequestWhoseHeadersNeverEnd(String beginning) throws IOException {
    try (Socket socket = connect()) {
      send(socket, beginning);
      boolean open = true;
      while (open) {
        open = isOpen(socket) && isSent(socket, "x");
      }
      assertThat(open).isFalse();
    }
  }

  @Test
  void leavesASlowBodyAlone() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
      send(socket, "Content-Length: 20\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        assertThat(isOpen(socket)).isTrue();
        send(socket, "b");
      }
      socket.setSoTimeout(0);
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200")
          .endsWith("b".repeat(20));
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setSoTimeout(PACE_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static boolean isSent(Socket socket, String text) throws IOException {
    try {
      send(socket, text);
      return true;
    } catch (SocketException closed) {
      return false;
    }
  }

  /** Whether the server has not closed it within a moment; its answers are passed over. */
  private static boolean isOpen(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      while (in.read() >= 0) {
        // An answer to the request before.
      }
      return false;
    } catch (SocketException reset) {
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }
}
