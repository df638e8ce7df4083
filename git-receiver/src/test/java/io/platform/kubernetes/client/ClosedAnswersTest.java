package io.platform.kubernetes.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are closed while they come, as a log is whose follower has gone. */
@Timeout(60)
class ClosedAnswersTest {
  private static final byte[] PIECE = "a line of a log\n".repeat(1000).getBytes(US_ASCII);
  private static final String FIXED = "fixed ".repeat(5000);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private KubernetesClient client;

  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/endless", ClosedAnswersTest::endless);
    server.createContext("/fixed", ClosedAnswersTest::fixed);
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder().withMasterUrl(url("")).build())
            .withHttpClientFactory(new ApiHttpClientFactory())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(PIECE);
      }
    }
  }

  private static void fixed(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, FIXED.length());
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(FIXED.getBytes(US_ASCII));
    }
  }

  @Test
  void leaveOthersWhole() throws Exception {
    HttpClient http = client.getHttpClient();
    List<Future<?>> closing = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      closing.add(threads.submit(() -> closeMany(http)));
    }
    while (closing.stream().anyMatch(it -> !it.isDone())) {
      HttpResponse<String> answer =
          http.sendAsync(http.newHttpRequestBuilder().uri(url("/fixed")).build(), String.class)
              .get();
      assertThat(answer.body()).isEqualTo(FIXED);
    }
    for (Future<?> each : closing) {
      each.get();
    }
    assertThat(uncaught).isEmpty();
  }

  private Object closeMany(HttpClient http) throws Exception {
    for (int i = 0; i < 100; i++) {
      CountDownLatch comes = new CountDownLatch(3);
      HttpResponse<AsyncBody> answer =
          http.consumeBytes(
                  http.newHttpRequestBuilder().uri(url("/endless")).build(),
                  (bytes, body) -> {
                    comes.countDown();
                    body.consume();
                  })
              .get();
      answer.body().consume();
      comes.await();
      answer.body().cancel();
    }
    return true;
  }
}
