package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.commons.settings.InvalidSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path directory;

  private ServerConfig config(Map<String, String> more) throws InvalidSettings {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PLATFORM_AUTH_ISSUER", "http://localhost");
    environment.put("PLATFORM_AUTH_PORT", "0");
    environment.put("PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:" + directory.resolve("auth.db"));
    return ServerConfig.from(environment);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }

  private void post(int port, String path) throws Exception {
    client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(BodyPublishers.ofString("grant_type=none"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .build(),
        BodyHandlers.discarding());
  }

  @Test
  void servesMetricsOnAPortOfTheirOwn() throws Exception {
    try (StandaloneAuthServer server =
        AuthMain.serve(config(Map.of("PLATFORM_AUTH_METRICS_LISTEN", "127.0.0.1:0")))) {
      post(server.port(), "/oauth/token");
      get(server.port(), "/made/up/by/the/client");
      int port = server.metricsPort().orElseThrow();

      HttpResponse<String> answer = get(port, "/metrics");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(answer.body())
          .contains(
              "platform_http_requests_seconds_count{method=\"POST\",route=\"/oauth/token\",status=\"4xx\"} 1",
              "platform_http_requests_seconds_count{method=\"none\",route=\"none\",status=\"4xx\"} 1",
              "jvm_memory_used_bytes{",
              "hikaricp_connections{pool=\"auth\"}")
          .doesNotContain("made/up");
      assertThat(get(port, "/").statusCode()).isEqualTo(404);
      assertThat(get(server.port(), "/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void servesNoneUnlessToldTo() throws Exception {
    try (StandaloneAuthServer server = AuthMain.serve(config(Map.of()))) {
      assertThat(server.metricsPort()).isEmpty();
    }
  }

  @Test
  void tellsWhatIsWrongWithTheAddress() {
    assertThatThrownBy(() -> config(Map.of("PLATFORM_AUTH_METRICS_LISTEN", "9090")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(
            "PLATFORM_AUTH_METRICS_LISTEN must be an address and a port such as 127.0.0.1:9090");
  }
}
