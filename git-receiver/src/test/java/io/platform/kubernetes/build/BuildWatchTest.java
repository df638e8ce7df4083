package io.platform.kubernetes.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.Origin;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.SeenEvents;
import io.platform.kubernetes.SimulatedCluster;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.desired.BuildObjects;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.support.AppBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of build pods on a cluster that is simulated. */
@Timeout(60)
class BuildWatchTest {
  private static final Duration STUCK = Duration.ofSeconds(3);

  @TempDir Path directory;

  @Test
  void givesUpNoPodThatComesAfterOneThatWasStuck() throws Exception {
    try (SimulatedCluster cluster = new SimulatedCluster();
        KubernetesAdapters adapters = KubernetesAdapters.open(config(cluster))) {
      SeenEvents seen = new SeenEvents();
      BuildRunner builds = adapters.builds();
      BuildSpec spec = spec();
      builds.watch(seen::add);
      cluster.withoutContainers("ErrImagePull");
      builds.launch(spec);
      seen.notice(spec.id(), "image");
      builds.cancel(spec.id());
      await().until(() -> cluster.all("pods").isEmpty());
      cluster.withRoom();
      builds.launch(spec);
      seen.notice(spec.id(), "node-1");
      long ends = ends(seen, spec);
      await()
          .during(STUCK.plusSeconds(2))
          .atMost(Duration.ofSeconds(30))
          .until(() -> ends(seen, spec) == ends);
      cluster.finish(BuildObjects.name(spec), 0);
      await().until(() -> ends(seen, spec) == ends + 1);
      assertThat(seen.of(spec.id()).getLast())
          .isInstanceOfSatisfying(
              BuilderEvent.Exited.class, exited -> assertThat(exited.exitCode()).isZero());
    }
  }

  private static long ends(SeenEvents seen, BuildSpec spec) {
    return seen.of(spec.id()).stream().filter(BuilderEvent.Ended.class::isInstance).count();
  }

  private ClusterConfig config(SimulatedCluster cluster) throws Exception {
    ClusterConfig.Times times = ClusterConfig.Times.DEFAULTS;
    return ClusterConfig.of(
            new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
            ContainerProgram.of("runner:1", "builder"),
            ContainerProgram.of("runner:1", "runner"))
        .with(cluster.kubeconfig(directory))
        .with(
            new ClusterConfig.Times(
                STUCK, times.boot(), times.rollout(), times.keepSucceeded(), times.keepFailed()));
  }

  private static BuildSpec spec() {
    return new BuildSpec(
        new BuildId("1hc0e2wbuild1"),
        AppBuilder.of("1hc0e2w000app", "customer", "acme", "shop").build(),
        new Origin.Push("refs/heads/main", "0".repeat(40), "ab".repeat(20), "jo@example.com"),
        Instant.now().plusSeconds(600),
        Config.EMPTY,
        "build-token",
        URI.create("http://git-receiver"));
  }
}
