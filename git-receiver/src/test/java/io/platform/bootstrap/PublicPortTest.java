package io.platform.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.settings.ListenAddress;
import io.platform.commons.shutdown.ShutdownLimits;
import io.platform.persistence.SqlStores;
import io.platform.persistence.TestConfigKeys;
import io.platform.proxy.AppHosts;
import io.platform.proxy.AppProxy;
import io.platform.proxy.ProxySettings;
import io.platform.signal.LocalSignals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program's port, by requests that a client library would not send. */
class PublicPortTest {
  @TempDir Path temp;
  private final ResourceStack parts = new ResourceStack(ShutdownLimits.ofMachine());
  private int port;

  @BeforeEach
  void start() throws Exception {
    SqlStores stores =
        parts.add(
            "HTTP server",
            SqlStores.open(
                DatabaseConfig.file(temp.resolve("platform.db")),
                new LocalSignals(),
                "platform.example.com",
                TestConfigKeys.SOURCE));
    AppHosts hosts =
        new AppHosts(
            "platform.example.com",
            List.of("alias.example.net"),
            stores.apps(),
            stores.releases(),
            stores.maintenance());
    AppProxy proxy = new AppProxy(hosts::isOwn, hosts::state, ProxySettings.standard());
    Readiness readiness = new Readiness();
    readiness.ready();
    ListeningPort listening =
        ListeningPort.bind(ServerName.PLATFORM, new ListenAddress("127.0.0.1"), 0, "--port");
    port = listening.port();
    parts.add(
        "HTTP server",
        PublicPort.serve(
            listening,
            proxy,
            readiness.before((request, response, chain) -> chain.doFilter(request, response)),
            javalin -> {
              readiness.register(javalin);
              javalin.routes.get("/thing", ctx -> ctx.result("shown"));
              javalin.routes.delete("/thing", ctx -> ctx.result("destroyed"));
              javalin.routes.get(
                  "/full",
                  ctx -> {
                    throw new IOException("No space left on device");
                  });
              javalin.routes.get(
                  "/read-only",
                  ctx -> {
                    throw new IllegalStateException(
                        new SQLException("attempt to write a readonly database", null, 8));
                  });
            }));
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  @Test
  void takesNoMethodFromAHeader() throws IOException {
    assertThat(
            exchange(
                "GET /thing HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: DELETE\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("shown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "127.0.0.1",
        "[::1]:8080",
        "10.1.2.3:8080",
        "platform.example.com",
        "PLATFORM.example.com.",
        "alias.example.net"
      })
  void isReachedByItsOwnNames(String host) throws IOException {
    assertThat(get(host, "/healthz")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({"evil.example.org,421", "example.com,421", "nothing.platform.example.com,404"})
  void refusesOtherNames(String host, int status) throws IOException {
    assertThat(get(host, "/healthz")).startsWith("HTTP/1.1 " + status).doesNotContain("<");
  }

  @Test
  void tellsWhatToDoAboutAForeignName() throws IOException {
    assertThat(get("evil.example.org", "/thing"))
        .contains("belongs neither to the platform nor to an app")
        .contains("PLATFORM_HOST_ALIASES");
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1',400,Host",
    "'GET /\u0001 HTTP/1.1',400,not valid HTTP",
    "'GARBAGE',400,not valid HTTP",
    "'GET / HTTP/3.7',505,HTTP/1.1"
  })
  void explainsWhatIsNoRequest(String line, int status, String words) throws IOException {
    String answer = exchange(line + "\r\n\r\n");
    assertThat(answer).contains(" " + status + " ").contains(words);
    assertThat(answer).doesNotContain("<html").doesNotContain("Jetty").doesNotContain("Exception");
  }

  @Test
  void explainsWhatIsTooLong() throws IOException {
    String longText = "x".repeat(70_000);
    assertThat(get("localhost", "/" + longText)).contains(" 414 ").contains("too long");
    assertThat(exchange("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + longText + "\r\n\r\n"))
        .contains(" 431 ")
        .contains("headers are too large");
  }

  @Test
  void tellsThatTheDiskIsFullOrReadOnly() throws IOException {
    assertThat(get("localhost", "/full")).startsWith("HTTP/1.1 507").contains("disk");
    assertThat(get("localhost", "/read-only")).startsWith("HTTP/1.1 503").contains("read-only");
  }

  @ParameterizedTest
  @CsvSource({
    "//acme/shop.git/info/refs?service=a//b,/acme/shop.git/info/refs?service=a//b",
    "/acme///shop.git//info/refs,/acme/shop.git/info/refs",
    "//evil.example.org/thing,/evil.example.org/thing"
  })
  void slashesInARowStandForOne(String target, String instead) throws IOException {
    assertThat(get("localhost", target))
        .startsWith("HTTP/1.1 308")
        .contains("Location: " + instead + "\r\n");
  }

  @Test
  void listensOnBothLoopbackAddresses() throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("::1"), port)) {
      assertThat(exchange(socket, "GET /thing HTTP/1.0\r\n\r\n")).endsWith("shown");
    }
  }

  @Test
  void goesOnWhileVirtualThreadsCompute() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    int processors = Runtime.getRuntime().availableProcessors();
    List<Thread> hogs = new ArrayList<>();
    for (int i = 0; i < processors; i++) {
      hogs.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!stop.get()) {
                  Thread.onSpinWait();
                }
              }));
    }
    try {
      assertThat(get("nothing.platform.example.com", "/")).startsWith("HTTP/1.1 404");
    } finally {
      stop.set(true);
      for (Thread hog : hogs) {
        hog.join();
      }
    }
  }

  private String get(String host, String path) throws IOException {
    return exchange(
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return exchange(socket, request);
    }
  }

  private static String exchange(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
