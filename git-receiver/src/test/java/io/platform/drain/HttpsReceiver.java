package io.platform.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;

/** An HTTPS server that takes batches of lines. */
public final class HttpsReceiver implements AutoCloseable {
  /** The lines of the batches that were answered with 200. */
  public final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Method, path, type and authorization of every request. */
  final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /** The answers to the next requests; 200 to all others. */
  final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

  /** Answers are sent when it is at zero. */
  volatile CountDownLatch answering = new CountDownLatch(0);

  private final HttpsServer server;

  public HttpsReceiver(SSLContext tls) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(
          "%s %s %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  exchange.getRequestHeaders().getFirst("Authorization")));
      int status = Optional.ofNullable(statuses.poll()).orElse(200);
      if (status == 200) {
        body.lines().forEach(lines::add);
      }
      exchange.getResponseHeaders().add("Location", "https://localhost:1/elsewhere");
      answering.await();
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
