package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.process.log.AppLog;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AppLogApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ProcessName WEB = ProcessName.numbered("web", 1);
  private static final ProcessName WORKER = ProcessName.numbered("worker", 2);

  @TempDir Path data;

  private TestPlatform platform;
  private App app;
  private AppLog log;

  @BeforeEach
  void start() throws Exception {
    platform = new TestPlatform(data);
    app = platform.app("shop");
    log = platform.logs.of(app.id());
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void showsTheLinesThatAreWanted() throws Exception {
    writeSome();
    assertThat(texts("?tail=10"))
        .containsExactly(
            "hello \u001b[31m", "job 1", "at=info path=\"/?q\"", "v1 is live", "job 2");
    assertThat(texts("?tail=1")).containsExactly("job 2");
    assertThat(texts("?process=worker")).containsExactly("job 1", "job 2");
    assertThat(texts("?process=worker.2&tail=1")).containsExactly("job 2");
    assertThat(texts("?process=web.1")).containsExactly("hello \u001b[31m", "at=info path=\"/?q\"");
    assertThat(texts("?source=platform,router"))
        .containsExactly("at=info path=\"/?q\"", "v1 is live");
    assertThat(texts("?since=1h")).hasSize(5);
    assertThat(texts("?since=2999-01-01T00:00:00Z")).isEmpty();
    JsonNode first = lines(open("vic", "?tail=5")).get(1);
    assertThat(first.path("source").asText()).isEqualTo("app");
    assertThat(first.path("process").asText()).isEqualTo("web.1");
    assertThat(first.path("at").asText()).matches("[0-9-]+T[0-9:.]+Z");
  }

  @Test
  void goesOnAfterAPosition() throws Exception {
    writeSome();
    List<JsonNode> all = lines(open("vic", "?tail=10"));
    String second = all.get(2).path("position").asText();
    assertThat(texts("?after=" + second))
        .containsExactly("at=info path=\"/?q\"", "v1 is live", "job 2");
    HttpResponse<InputStream> events =
        open("vic", "", "Accept", "text/event-stream", "Last-Event-ID", second);
    assertThat(new String(events.body().readAllBytes(), UTF_8))
        .startsWith("event: position\nid: " + second + "\n")
        .contains("event: line\nid: ", "\ndata: {\"position\":")
        .contains("\"text\":\"job 2\"}\n\n")
        .doesNotContain("job 1");
  }

  @Test
  void followsAndTellsAtOnceWhereItBegins() throws Exception {
    writeSome();
    HttpResponse<InputStream> response = open("vic", "?follow=true&tail=0");
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      String begin = JSON.readTree(reader.readLine()).path("position").asText();
      log.add(WEB, "new");
      assertThat(JSON.readTree(reader.readLine()).path("text").asText()).isEqualTo("new");
      assertThat(texts("?after=" + begin)).containsExactly("new");
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    assertThat(refusal("?process=web.1.2")).contains("'process' is 'web.1.2'");
    assertThat(refusal("?source=heroku")).contains("'source' has 'heroku'");
    assertThat(refusal("?since=yesterday")).contains("such as 90s, 10m");
    assertThat(refusal("?after=%0a")).contains("is no position");
    assertThat(refusal("?tail=-1")).contains("'tail' is '-1'");
    assertThat(open("eve", "").statusCode()).isEqualTo(404);
  }

  @Test
  void limitsHowManyLogsAUserReads() throws Exception {
    List<HttpResponse<InputStream>> readers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HttpResponse<InputStream> reader = open("vic", "?follow=true");
      assertThat(reader.statusCode()).isEqualTo(200);
      readers.add(reader);
    }
    HttpResponse<InputStream> refused = open("vic", "");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(new String(refused.body().readAllBytes(), UTF_8))
        .contains("as many logs at the same time as one user may (20)");
    assertThat(open("dev", "").statusCode()).isEqualTo(200);
    for (HttpResponse<InputStream> reader : readers) {
      reader.body().close();
    }
  }

  private void writeSome() {
    log.add(WEB, "hello \u001b[31m");
    log.add(WORKER, "job 1");
    log.addRequest(Optional.of(WEB), "at=info path=\"/?q\"");
    log.note("v1 is live");
    log.add(WORKER, "job 2");
    // Behind the lines before on the same thread: they are in the file.
    log.lastEvent();
  }

  private List<String> texts(String query) throws Exception {
    return lines(open("vic", query)).stream()
        .filter(line -> line.has("text"))
        .map(line -> line.path("text").asText())
        .toList();
  }

  private String refusal(String query) throws Exception {
    HttpResponse<InputStream> response = open("vic", query);
    assertThat(response.statusCode()).isEqualTo(400);
    return JSON.readTree(response.body()).path("detail").asText();
  }

  private static List<JsonNode> lines(HttpResponse<InputStream> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(response.body().readAllBytes(), UTF_8).lines().toList()) {
      if (!line.isEmpty()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  private HttpResponse<InputStream> open(String user, String query, String... headers)
      throws Exception {
    var request = new Client(platform, user).request("/api/v1/apps/acme/shop/logs" + query);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return platform.http.send(request.build(), BodyHandlers.ofInputStream());
  }
}
