package io.platform.storage;

import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

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
    return FreePort.start(port -> start(directory, environment, command.apply(port), port));
  }

  private static TestServer start(
      Path directory, Map<String, String> environment, List<String> command, int port)
      throws IOException {
    Path log = directory.resolve("server-%d.log".formatted(port));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    TestServer server = new TestServer(builder.start(), port, log);
    server.await(server::answers);
    return server;
  }

  private void await(Callable<Boolean> ready) throws IOException {
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(START)
          .failFast("the server ended", () -> !process.isAlive())
          .until(ready);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      close();
      throw new IOException("the server did not start: " + Files.readString(log), e);
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
  void awaitOk(String path) throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url().resolve(path)).build();
      await(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 200);
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
