package io.platform.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContractFilterTest {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String APP =
      """
      {"name": "shop", "namespace": "acme", "url": "http://shop", "git_url": "http://git",
       "branch": null, "release": null, "status": "%s", "processes": [],
       "formation": {}, "maintenance": false,
       "created_at": "2026-01-02T03:04:05Z"}\
      """;

  private final ContractRecord record = new ContractRecord();

  @Test
  void anAnswerThatTheDocumentAllowsIsKept() throws Exception {
    exchange("GET", "/api/v1/apps/acme/shop", "", 200, "application/json", APP.formatted("idle"));

    assertThat(record.mismatches()).isEmpty();
    record.assertKept();
  }

  @Test
  void aWrongValueFailsTheTestWithItsPathAndTheReason() throws Exception {
    exchange("GET", "/api/v1/apps/acme/shop", "", 200, "application/json", APP.formatted("dozing"));

    assertThatThrownBy(record::assertKept)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /api/v1/apps/acme/shop, answered with 200: answer: /status:")
        .hasMessageContaining("[\"running\",");
  }

  @Test
  void aMemberThatIsMissingIsFoundInsideOfAnArray() throws Exception {
    exchange("GET", "/api/v1/apps", "", 200, "application/json", "[{\"name\": \"shop\"}]");

    assertThat(record.mismatches()).anyMatch(it -> it.contains("/0: required property 'status'"));
  }

  @Test
  void aMemberThatIsNotDescribedIsFound() throws Exception {
    String more = APP.formatted("idle").replaceFirst("\\{", "{\"secret\": 1, ");
    exchange("GET", "/api/v1/apps/acme/shop", "", 200, "application/json", more);
    exchange("GET", "/api/v1/apps", "", 200, "application/json", "[" + more + "]");
    exchange(
        "POST", "/api/v1/apps", "{\"name\": \"shop\", \"size\": 1}", 409, PROBLEM, problem(409));
    exchange(
        "POST",
        "/api/v1/apps",
        "{\"name\": \"shop\", \"size\": 1}",
        201,
        JSON,
        APP.formatted("idle"));

    assertThat(record.mismatches())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith("GET /api/v1/apps/acme/shop").contains("'secret'"),
            it -> assertThat(it).startsWith("GET /api/v1/apps,").contains("/0: ", "'secret'"),
            it -> assertThat(it).startsWith("POST /api/v1/apps").contains("request: ", "'size'"));
  }

  @Test
  void aRefusalWhoseStatusIsNotDescribedIsFound() throws Exception {
    exchange("GET", "/api/v1/me", "", 409, PROBLEM, problem(409));
    exchange("GET", "/api/v1/me", "", 503, PROBLEM, problem(503));
    exchange("GET", "/api/v1/me", "", 401, PROBLEM, "{\"type\": \"about:blank\"}");

    assertThat(record.mismatches())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).endsWith("with 409: answer: openapi.json has no such status"),
            it -> assertThat(it).contains("with 401", "'title'"),
            it -> assertThat(it).contains("with 401", "'status'"),
            it -> assertThat(it).contains("with 401", "'detail'"));
  }

  private static String problem(int status) {
    return """
    {"type": "about:blank", "title": "No", "status": %d, "detail": "No."}
    """
        .formatted(status);
  }

  @Test
  void aWrongRequestIsFoundWhereItIsNotRefused() throws Exception {
    exchange("POST", "/api/v1/apps", "{}", 201, "application/json", APP.formatted("idle"));

    assertThat(record.mismatches())
        .anyMatch(it -> it.contains("request: : required property 'name' not found"));
  }

  @Test
  void anotherStatusTypeOrPathIsFound() throws Exception {
    exchange("GET", "/api/v1/apps", "", 204, "application/json", "");
    exchange("GET", "/api/v1/me", "", 401, "text/html", "<p>no</p>");
    exchange("GET", "/api/v1/nothing", "", 200, "application/json", "{}");
    exchange("GET", "/api/v1/apps?nmespace=acme", "", 200, "application/json", "[]");

    assertThat(record.mismatches())
        .containsExactlyInAnyOrder(
            "GET /api/v1/apps, answered with 204: answer: openapi.json has no such status",
            "GET /api/v1/me, answered with 401: answer: openapi.json has no Content-Type text/html"
                + " here",
            "GET /api/v1/nothing, answered with 200: openapi.json has no such path",
            "GET /api/v1/apps, answered with 200: request: openapi.json has no parameter nmespace");
  }

  private void exchange(
      String method, String path, String body, int status, String type, String answer)
      throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    server
        .createContext(
            "/",
            exchange -> {
              try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
              }
            })
        .getFilters()
        .add(new ContractFilter(record));
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
      client.send(
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.discarding());
    } finally {
      server.stop(0);
    }
  }
}
