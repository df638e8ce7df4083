package io.platform.commons.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.commons.settings.ListenAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers to requests whose bodies the server does not read to their end. */
@Timeout(120)
class UnreadBodyDrainTest {
  private static final int LIMIT = 1000;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    ListeningPort port =
        ListeningPort.bind(
            ServerName.PLATFORM, ListenAddress.parse("127.0.0.1", "PORT"), 0, "PORT");
    server =
        HttpServer.start(
            port,
            HttpServerConfig.of(ServerName.PLATFORM),
            new Refusals(),
            javalin -> {
              javalin.routes.post(
                  "/limited", ctx -> ctx.result("read " + Bodies.read(ctx, LIMIT).length));
              javalin.routes.post(
                  "/refused",
                  ctx -> {
                    throw new Problem(401, "Log in.");
                  });
            });
  }

  /** Answers one path before any route does, as a proxy does with its own pages. */
  private static final class Refusals extends VirtualThreads {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (!Request.getPathInContext(request).equals("/handler")) {
        return super.handle(request, response, callback);
      }
      response.setStatus(503);
      response.write(true, StandardCharsets.UTF_8.encode("busy"), callback);
      return true;
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @RepeatedTest(30)
  void answersABodyThatIsALittleTooLarge() throws IOException {
    assertThat(statusAfterSending("/limited", 20_000, 500, false)).isEqualTo(413);
    assertThat(statusAfterSending("/limited", 20_000, 500, true)).isEqualTo(413);
    assertThat(statusAfterSending("/refused", 20_000, 500, false)).isEqualTo(401);
    assertThat(statusAfterSending("/refused", 20_000, 500, true)).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/limited, false, 413",
    "/limited, true, 413",
    "/refused, false, 401",
    "/refused, true, 401",
    "/handler, false, 503",
    "/handler, true, 503"
  })
  void answersABodyOfManyMegabytesThatItDoesNotWant(String path, boolean chunked, int status)
      throws IOException {
    assertThat(statusAfterSending(path, 20_000_000, 200_000, chunked)).isEqualTo(status);
  }

  @Test
  void servesTheNextRequestOfTheConnection() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "/refused", 2_000_000, 20_000, false);
      BufferedReader in = reader(socket);
      assertThat(status(in)).isEqualTo(401);
      skipAnswer(in);
      send(socket, "/limited", 10, 10, false);
      assertThat(status(in)).isEqualTo(200);
    }
  }

  @Test
  void closesAConnectionWhoseBodyIsTooLargeToBeDropped() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              head("/refused", "Content-Length: " + 1_000_000_000)
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in = reader(socket);
      assertThat(status(in)).isEqualTo(401);
      assertThat(in.lines()).contains("Connection: close");
    }
  }

  @Test
  void asksForNoBodyThatItDoesNotWant() throws IOException {
    try (Socket socket = connect()) {
      String fields = "Expect: 100-continue\r\nContent-Length: 2000";
      socket.getOutputStream().write(head("/refused", fields).getBytes(StandardCharsets.US_ASCII));
      assertThat(status(reader(socket))).isEqualTo(401);
    }
  }

  private int statusAfterSending(String path, int bytes, int step, boolean chunked)
      throws IOException {
    try (Socket socket = connect()) {
      send(socket, path, bytes, step, chunked);
      return status(reader(socket));
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static int status(BufferedReader in) throws IOException {
    return Integer.parseInt(in.readLine().split(" ", -1)[1]);
  }

  private static void skipAnswer(BufferedReader in) throws IOException {
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
  }

  private static String head(String path, String fields) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n\r\n";
  }

  /** Sends all of the request before it reads anything. */
  private static void send(Socket socket, String path, int bytes, int step, boolean chunked)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    String fields = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes;
    out.write(head(path, fields).getBytes(StandardCharsets.US_ASCII));
    byte[] piece = new byte[step];
    for (int sent = 0; sent < bytes; sent += step) {
      if (chunked) {
        out.write((Integer.toHexString(step) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      out.write(piece);
      if (chunked) {
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
