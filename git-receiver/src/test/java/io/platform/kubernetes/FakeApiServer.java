package io.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * An API server that has no objects, and fails when a test says so: it goes, comes back at the same
 * port, or forgets the version that watches go on from. A real one does the last after minutes, and
 * when it likes. What the platform asks of a real one is tested by {@code .ci/cluster-tests}.
 */
public final class FakeApiServer implements AutoCloseable {
  private static final String EXPIRED =
      """
      {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure",
       "reason": "Expired", "code": 410, "message": "too old resource version"}}
      """;

  private final HttpServer http;
  private final Queue<HttpExchange> watches = new ConcurrentLinkedQueue<>();
  private final CountDownLatch unanswered = new CountDownLatch(1);
  private volatile boolean silent;

  /** Answers on a port of loopback; 0 for any that is free. */
  public FakeApiServer(int port) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  /** From now on it takes requests, and answers none. */
  public void silence() {
    silent = true;
  }

  /** Waits until it has a request that it does not answer. */
  public void awaitUnanswered() throws InterruptedException {
    unanswered.await();
  }

  /** Lists are empty; a watch is kept open. */
  private void answer(HttpExchange exchange) throws IOException {
    if (silent) {
      unanswered.countDown();
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
      watches.add(exchange);
      return;
    }
    try (exchange) {
      byte[] list =
          """
          {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": "1"}, "items": []}
          """
              .getBytes(UTF_8);
      exchange.sendResponseHeaders(200, list.length);
      exchange.getResponseBody().write(list);
    }
  }

  /**
   * Ends all watches as an API server does that has forgotten the version which they go on from.
   *
   * @return how many there were
   */
  public int endWatches() throws IOException {
    int ended = 0;
    for (HttpExchange next = watches.poll(); next != null; next = watches.poll()) {
      try (HttpExchange watch = next) {
        watch.getResponseBody().write(EXPIRED.replace("\n", "").concat("\n").getBytes(UTF_8));
      }
      ended++;
    }
    return ended;
  }

  public int port() {
    return http.getAddress().getPort();
  }

  /** The way to it, as a file. */
  public Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: it
        clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: it, user: {}}]
        contexts: [{name: it, context: {cluster: it, user: it}}]
        """
            .formatted(port()));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
