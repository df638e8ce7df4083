package io.platform.kubernetes.oneoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSize;
import io.platform.domain.Release;
import io.platform.domain.port.OneOffSpec;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.SimulatedCluster;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.slug.SteadyClock;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OneOffPodSweepTest {
  @TempDir Path directory;

  @Test
  void leavesThePodOfAUserWhoseNameAnotherWasRefused() throws Exception {
    try (SimulatedCluster cluster = new SimulatedCluster();
        KeyedTimer timer = new KeyedTimer()) {
      KubernetesApi kubernetes = cluster.api(directory);
      ClusterConfig config =
          ClusterConfig.of(
              new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
              ContainerProgram.of("runner:1", "builder"),
              ContainerProgram.of("runner:1", "runner"));
      OneOffPods pods =
          new OneOffPods(
              kubernetes,
              new NamespaceProvisioner(
                  kubernetes, config.installation(), config.namespaces(), SteadyClock.system()),
              config);
      OneOffPodSweep sweep = new OneOffPodSweep(kubernetes, pods, config, timer);
      sweep.add(spec(1));
      pods.create(spec(1), true);
      pods.create(spec(2), true); // of a user who has gone
      sweep.add(spec(1)); // of another user, who is refused
      sweep.remove(spec(1));
      sweep.start();
      await().until(() -> !cluster.all("pods").containsKey("shop--run-2"));
      assertThat(cluster.all("pods")).containsOnlyKeys("shop--run-1");
      kubernetes.client().close();
    }
  }

  private static OneOffSpec spec(int number) {
    App app = AppBuilder.of("1hc0e2w000app", "customer-1", "acme", "shop").build();
    Release release =
        ReleaseBuilder.of("1hc0e2wreleas", app.id(), 1).status(Release.Status.LIVE).build();
    return new OneOffSpec(
        new RunSpec(app, release, "token", URI.create("http://platform.example.com")),
        ProcessName.numbered("run", number),
        "cat",
        Map.of(),
        ProcessSize.STANDARD,
        Optional.empty(),
        Duration.ofHours(1));
  }
}
