package io.platform.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.platform.domain.PublicAddressRule;
import io.platform.domain.port.PageFetcher;
import io.platform.domain.port.PageFetcher.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpPageFetcherTest {
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer site;

  @BeforeEach
  void start() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    site.createContext("/", this::answer);
    site.start();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    site.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    switch (exchange.getRequestURI().getPath()) {
      case "/page" -> send(exchange, 200, "text/html; charset=utf-8", "<p>Schön</p>");
      case "/text" -> send(exchange, 200, "text/plain", "text");
      case "/large" -> send(exchange, 200, "text/html", "x".repeat(2000));
      case "/moved" -> moved(exchange, "/page");
      case "/around" -> moved(exchange, "/around");
      case "/inside" ->
          moved(exchange, "http://127.0.0.2:" + site.getAddress().getPort() + "/page");
      case "/slow" -> {
        try (exchange) {
          closing.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      default -> send(exchange, 404, "text/html", "none");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void moved(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    send(exchange, 302, "text/html", "moved");
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + site.getAddress().getPort() + path);
  }

  private static PageFetcher fetcher(Duration time) {
    return new HttpPageFetcher(
        new PageLimits(1000, 2, time), address -> address.getHostAddress().equals("127.0.0.1"));
  }

  private static final PageFetcher LOCAL = fetcher(Duration.ofSeconds(20));

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/moved"})
  void fetchesAPage(String path) throws Exception {
    assertThat(LOCAL.fetch(at(path)).html()).isEqualTo("<p>Schön</p>");
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing, STATUS",
    "/around, STATUS",
    "/text, NO_HTML",
    "/large, TOO_LARGE",
    "/inside, NO_PUBLIC_ADDRESS"
  })
  void saysWhyThereIsNone(String path, Problem problem) {
    assertThatThrownBy(() -> LOCAL.fetch(at(path)))
        .isInstanceOfSatisfying(
            PageFetcher.NotFetched.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  void waitsNoLongerThanItMay() {
    assertThatThrownBy(() -> fetcher(Duration.ofMillis(300)).fetch(at("/slow")))
        .isInstanceOfSatisfying(
            PageFetcher.NotFetched.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.NO_ANSWER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"})
  void asksNothingOfTheMachineItself(String host) {
    PageFetcher fetcher = new HttpPageFetcher(PageLimits.defaults(), PublicAddressRule::isPublic);
    URI url = URI.create("http://%s:%d/page".formatted(host, site.getAddress().getPort()));
    assertThatThrownBy(() -> fetcher.fetch(url))
        .isInstanceOfSatisfying(
            PageFetcher.NotFetched.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.NO_PUBLIC_ADDRESS));
    assertThat(requests).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "2606:4700::1111, true",
    "10.0.0.1, false",
    "172.16.0.1, false",
    "192.168.1.1, false",
    "169.254.169.254, false",
    "100.64.0.1, false",
    "0.1.2.3, false",
    "198.18.0.1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::1, false",
    "::, false",
    "fe80::1, false",
    "fd00::1, false",
    "::ffff:10.0.0.1, false",
    "64:ff9b::a00:1, false",
    "2002:a00:1::, false",
    "2001::1, false",
    "2001:db8::1, false"
  })
  void tellsPublicAddressRule(String address, boolean isPublic) throws Exception {
    assertThat(PublicAddressRule.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
  }
}
