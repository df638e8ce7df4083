package io.platform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP server that begins each answer and never ends it: it sends one byte of ten. A connection
 * stays open until the client closes it.
 */
public final class StallingHttpServer implements AutoCloseable {
  private static final byte[] BEGINNING =
      "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());

  /** Starts one at a free port. */
  public StallingHttpServer() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it is. */
  public URI url() {
    return URI.create("http://localhost:" + listening.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Holds the connection as long as the client does: an unused one is closed with its object. */
  private static void serve(Socket connection) {
    try (connection) {
      InputStream request = connection.getInputStream();
      StringBuilder head = new StringBuilder();
      for (int next = request.read(); next >= 0; next = request.read()) {
        head.append((char) next);
        if (head.toString().endsWith("\r\n\r\n")) {
          connection.getOutputStream().write(BEGINNING);
        }
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
