package io.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.commons.metrics.MetricsAddress;
import io.platform.kubernetes.FakeApiServer;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metric of watches that an API server ends. */
class WatchRestartsTest {
  private static final String NAME = "platform_kubernetes_watch_restarts_total ";

  @TempDir Path directory;

  @Test
  void countsAWatchThatTheApiServerEnds() throws Exception {
    ContainerProgram program = ContainerProgram.of("none", "none");
    try (FakeApiServer api = new FakeApiServer(0);
        KubernetesAdapters cluster =
            KubernetesAdapters.open(
                ClusterConfig.of(
                        new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
                        program,
                        program)
                    .with(api.kubeconfig(directory)));
        PlatformMetrics metrics =
            MetricsSetting.open(Optional.of(new MetricsAddress("127.0.0.1", 0)));
        HttpClient http = HttpClient.newHttpClient()) {
      metrics.watches(cluster::watchRestarts);
      cluster.builds().watch(event -> {});
      assertThat(restarts(http, metrics)).isZero();
      System.gc(); // A meter holds what it reads only weakly.

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> api.endWatches() >= 0 && restarts(http, metrics) > 0);
    }
  }

  private static double restarts(HttpClient http, PlatformMetrics metrics) throws Exception {
    URI url = URI.create("http://%s/metrics".formatted(metrics.served().orElseThrow()));
    String body = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
    return body.lines()
        .filter(line -> line.startsWith(NAME))
        .mapToDouble(line -> Double.parseDouble(line.substring(NAME.length())))
        .findFirst()
        .orElseThrow();
  }
}
