package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.local.Exposition.Sample;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a push, of an app's requests and of the API's. */
@Timeout(300)
class MetricsIT {
  private static final String APP = "admin/shop";

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> get(int port, String path) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + port + path);
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void tellsOfAPushItsAppAndTheApi() throws Exception {
    try (Server server =
        Server.launch(
            directory.resolve("data"), Map.of("PLATFORM_METRICS_LISTEN", "127.0.0.1:0"))) {
      int metrics = server.awaitPort("http://127.0.0.1:");
      Exposition before = Exposition.parse(get(metrics, "/metrics").body());
      assertThat(before.value("platform_builds_total", Map.of("outcome", "succeeded"))).isZero();

      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));
      shop.commitPage("page", "hello");
      shop.push(server.base(), token, APP);
      assertThat(server.app("shop-admin.localhost", "/page")).isEqualTo("hello");
      server.app("shop-admin.localhost", "/missing");
      shop.write("Procfile", "web: exec false\n");
      shop.commit("broken");
      shop.push(server.base(), token, APP);

      HttpResponse<String> answer = get(metrics, "/metrics");
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      Exposition now = Exposition.parse(answer.body());
      assertThat(now.value("platform_builds_total", Map.of("outcome", "succeeded"))).isEqualTo(2);
      for (String step : List.of("receive", "queue", "build", "rollout")) {
        assertThat(now.value("platform_build_steps_seconds_count", Map.of("step", step)))
            .as(step)
            .isEqualTo(2);
      }
      for (String step : List.of("setup", "fetch", "detect", "compile", "pack", "upload")) {
        Map<String, String> labels = Map.of("step", step);
        assertThat(now.value("platform_builder_steps_seconds_count", labels)).as(step).isEqualTo(2);
      }
      assertThat(now.value("platform_builder_steps_seconds_sum", Map.of("step", "fetch")))
          .isPositive();
      assertThat(now.value("platform_pushes_total", Map.of("outcome", "accepted"))).isEqualTo(1);
      assertThat(now.value("platform_pushes_total", Map.of("outcome", "rejected"))).isEqualTo(1);
      assertThat(now.value("platform_push_received_bytes_total", Map.of())).isPositive();
      assertThat(now.value("platform_rollouts_seconds_count", Map.of("outcome", "live")))
          .isEqualTo(1);
      assertThat(now.value("platform_rollouts_seconds_count", Map.of("outcome", "failed")))
          .isEqualTo(1);
      assertThat(now.value("platform_proxy_responses_total", Map.of("status", "2xx"))).isEqualTo(1);
      assertThat(now.value("platform_proxy_responses_total", Map.of("status", "4xx"))).isEqualTo(1);
      assertThat(now.value("platform_builds_unsettled", Map.of("status", "running"))).isZero();
      assertThat(now.value("platform_log_followers", Map.of("client", "push"))).isZero();
      assertThat(
              now.value(
                  "platform_http_requests_seconds_count",
                  Map.of("method", "POST", "route", "/api/v1/apps", "status", "2xx")))
          .isEqualTo(1);
      assertThat(
              now.value(
                  "platform_http_requests_seconds_count",
                  Map.of(
                      "method", "POST",
                      "route", "/{namespace}/{app}.git/git-receive-pack",
                      "status", "2xx")))
          .isEqualTo(2);
      assertThat(now.samples().stream().map(Sample::labels).map(Map::toString))
          .noneMatch(labels -> labels.contains("shop"));
      assertThat(get(server.port(), "/metrics").statusCode()).isEqualTo(404);
      assertDocumented(now);
    }
  }

  /** The page names each metric that is there, and no other. */
  private static void assertDocumented(Exposition now) throws Exception {
    String page = Files.readString(Path.of("../docs/metrics.md"));
    TreeSet<String> documented =
        Pattern.compile("^\\| `([a-z_0-9]+)` \\|", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> elsewhere = new TreeSet<>(documented);
    elsewhere.removeAll(now.families());
    assertThat(documented).containsAll(now.families());
    assertThat(elsewhere)
        .allMatch(name ->
            name.equals("platform_kubernetes_watch_restarts_total") || name.startsWith("jvm_gc_"));
  }
}
