package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs of real processes, read over HTTP. */
@Timeout(300)
class AppLogsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOGS = "/apps/admin/shop/logs";

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aFollowerGetsEachLineOnceWhileTheServerIsKilledAndStartedAgain() throws Exception {
    List<JsonNode> received = new ArrayList<>();
    Path data = directory.resolve("data");
    try (Server server = Server.start(data)) {
      String token = deploy(server, "web: exec python3 -u count.py\n", COUNT);
      try (BufferedReader follower = follow(server.base(), token, "")) {
        readUntil(follower, received, line -> text(line).endsWith(" 500"));
        server.kill();
        readUntil(follower, received, line -> false);
      }
    }
    String before = lastRun(received);
    try (Server server = Server.start(data)) {
      String token = server.login();
      String after = received.getLast().path("position").asText();
      try (BufferedReader follower = follow(server.base(), token, "&after=" + after)) {
        readUntil(
            follower,
            received,
            line -> text(line).endsWith(" 500") && !text(line).startsWith(before));
      }
      List<String> kept = lines(server, token, "?tail=1000000").map(AppLogsIT::position).toList();
      List<String> positions =
          received.stream().filter(line -> line.has("text")).map(AppLogsIT::position).toList();
      assertThat(positions).doesNotHaveDuplicates();
      assertThat(kept.subList(0, positions.size())).isEqualTo(positions);
      List<String> counted =
          received.stream()
              .map(AppLogsIT::text)
              .filter(text -> text.startsWith(before + " "))
              .toList();
      assertThat(counted.size()).isGreaterThanOrEqualTo(500);
      for (int i = 0; i < counted.size(); i++) {
        assertThat(counted.get(i)).isEqualTo(before + " " + (i + 1));
      }
    }
  }

  @Test
  void hasLinesOfProcessesOfThePlatformAndOfRequestsInOneOrder() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token =
          deploy(
              server,
              "web: exec python3 -m http.server $PORT\nworker: echo at work; exec sleep 1000\n",
              "");
      server.api(token, "PATCH", "/apps/admin/shop/formation", "{\"worker\":{\"quantity\":1}}");
      try (BufferedReader follower = follow(server.base(), token, "&process=worker")) {
        List<JsonNode> worker = new ArrayList<>();
        readUntil(follower, worker, line -> text(line).equals("at work"));
        assertThat(worker.getLast().path("process").asText()).isEqualTo("worker.1");
      }
      Process curl =
          new ProcessBuilder(
                  "curl",
                  "-sS",
                  "-H",
                  "X-Request-Id: a-b-c",
                  "http://shop-admin.localhost:" + server.port() + "/count.py?token=%20x")
              .redirectErrorStream(true)
              .start();
      assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8)).isNotNull();
      try (BufferedReader follower = follow(server.base(), token, "")) {
        List<JsonNode> all = new ArrayList<>();
        readUntil(follower, all, line -> text(line).contains("request_id=a-b-c"));
        assertThat(text(all.getLast()))
            .matches(
                "at=info method=GET path=\"/count.py\\?token=%20x\" host=shop-admin.localhost"
                    + " request_id=a-b-c process=web.1 connect=\\d+ms service=\\d+ms"
                    + " status=(200|404) bytes=\\d+");
        assertThat(all.stream().filter(line -> source(line).equals("platform")))
            .extracting(AppLogsIT::text)
            .contains("v1 is live", "Scaled worker to 1 by admin@localhost")
            .doesNotHaveDuplicates();
        assertThat(all.stream().filter(line -> line.has("at")))
            .extracting(line -> Instant.parse(line.path("at").asText()))
            .isSorted();
      }
      assertThat(lines(server, token, "?source=router"))
          .isNotEmpty()
          .allMatch(line -> source(line).equals("router"));
      assertThat(lines(server, token, "?process=worker"))
          .extracting(AppLogsIT::text)
          .contains("at work")
          .noneMatch(text -> text.contains("a-b-c"));
    }
  }

  @Test
  void aReaderThatDoesNotReadLosesLinesAndIsToldHowMany() throws Exception {
    try (Server server =
        Server.launch(directory.resolve("data"), Map.of("PLATFORM_APP_LOG_SIZE", "1m"))) {
      String token = deploy(server, "web: exec python3 -u burst.py\n", "");
      String begin =
          lines(server, token, "?tail=1").findFirst().map(AppLogsIT::position).orElse("");
      try (Socket slow = new Socket()) {
        slow.setReceiveBufferSize(256 << 10);
        slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        slow.getOutputStream()
            .write(
                ("GET /api/v1"
                        + LOGS
                        + "?source=app&follow=true&after="
                        + begin
                        + " HTTP/1.0\r\n"
                        + "Host: localhost\r\nAuthorization: Bearer "
                        + token
                        + "\r\n\r\n")
                    .getBytes(UTF_8));
        server.app("shop-admin.localhost", "/go");
        try (BufferedReader quick = follow(server.base(), token, "")) {
          readUntil(quick, new ArrayList<>(), line -> text(line).equals("done"));
        }
        List<JsonNode> received = new ArrayList<>();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(slow.getInputStream(), UTF_8));
        for (String line = reader.readLine();
            line != null && !line.isEmpty();
            line = reader.readLine()) {
          assertThat(line).doesNotContain(" 429 ", " 404 ");
        }
        readUntil(reader, received, line -> text(line).equals("done"));
        long lost = received.stream().mapToLong(line -> line.path("lost").asLong()).sum();
        long burst = received.stream().filter(line -> text(line).startsWith("burst ")).count();
        assertThat(lost).isPositive();
        assertThat(burst).isPositive();
        // Besides these, at most some lines of the platform and the router were lost.
        assertThat(burst + lost).isBetween(BURST, BURST + 10);
      }
    }
  }

  private static final long BURST = 10_000;

  /** Writes numbered lines, each with a name of its run, and answers. */
  private static final String COUNT =
      """
      import http.server, os, threading, time, uuid
      def count():
          run = uuid.uuid4().hex
          n = 0
          while True:
              n += 1
              print(run, n)
              time.sleep(0.001)
      server = http.server.HTTPServer(("", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler)
      threading.Thread(target=count, daemon=True).start()
      server.serve_forever()
      """;

  /** Writes 10 MB when it is asked to. */
  private static final String BURST_PROGRAM =
      """
      import http.server, os, sys
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              for i in range(%d):
                  sys.stdout.write("burst %%d %%s\\n" %% (i, "x" * 1000))
              sys.stdout.write("done\\n")
              self.send_response(204)
              self.end_headers()
          def log_message(self, *args):
              pass
      http.server.HTTPServer(("", int(os.environ["PORT"])), Handler).serve_forever()
      """
          .formatted(BURST);

  private String deploy(Server server, String procfile, String count) throws Exception {
    String token = server.login();
    server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
    GitApp shop = GitApp.in(directory.resolve("shop"));
    shop.write("Procfile", procfile);
    shop.write("count.py", count);
    shop.write("burst.py", BURST_PROGRAM);
    shop.commit("app");
    assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("Released v1");
    return token;
  }

  private BufferedReader follow(URI base, String token, String query) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/v1" + LOGS + "?tail=100000&follow=true" + query))
            .header("Authorization", "Bearer " + token)
            .build();
    var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  private interface Wanted {
    boolean test(JsonNode line);
  }

  /** Reads up to a line, or to where the connection breaks. */
  private static void readUntil(BufferedReader reader, List<JsonNode> received, Wanted last)
      throws IOException {
    while (true) {
      Optional<String> text = next(reader);
      if (text.isEmpty()) {
        return;
      }
      if (!text.get().isEmpty()) {
        try {
          JsonNode line = JSON.readTree(text.get());
          received.add(line);
          if (last.test(line)) {
            return;
          }
        } catch (JsonProcessingException brokenWithinALine) {
          return;
        }
      }
    }
  }

  private static Optional<String> next(BufferedReader reader) {
    try {
      return Optional.ofNullable(reader.readLine());
    } catch (IOException broken) {
      return Optional.empty();
    }
  }

  private static Stream<JsonNode> lines(Server server, String token, String query)
      throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : server.api(token, "GET", LOGS + query, "").body().lines().toList()) {
      if (!line.isEmpty()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines.stream().filter(line -> line.has("text"));
  }

  private static String text(JsonNode line) {
    return line.path("text").asText();
  }

  private static String source(JsonNode line) {
    return line.path("source").asText();
  }

  private static String position(JsonNode line) {
    return line.path("position").asText();
  }

  /** The name of the run that wrote the newest numbered line. */
  private static String lastRun(List<JsonNode> lines) {
    return lines.reversed().stream()
        .map(AppLogsIT::text)
        .filter(text -> text.matches("[0-9a-f]{32} \\d+"))
        .map(text -> text.substring(0, 32))
        .findFirst()
        .orElseThrow();
  }
}
