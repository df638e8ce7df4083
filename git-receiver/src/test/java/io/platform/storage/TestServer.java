package io.platform.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server of others, as a process of its own on the loopback. */
final class TestServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final Path log;

  private TestServer(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts a command line that is made for a port, and waits until the port answers. */
  static TestServer start(
      Path directory, Map<String, String> environment, IntFunction<List<String>> command)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = directory.resolve("server-%d.log".formatted(port));
    ProcessBuilder builder =
        new ProcessBuilder(command.apply(port))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    TestServer server = new TestServer(builder.start(), port, log);
    server.awaitStart();
    return server;
  }

  private void awaitStart() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(START);
    while (!answers()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
        close();
        throw new IOException("the server did not start: " + Files.readString(log));
      }
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until a path is answered with 200. */
  void awaitOk(String path) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(START);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url().resolve(path)).build();
      while (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
          throw new IOException("the server is not ready: " + Files.readString(log));
        }
      }
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
