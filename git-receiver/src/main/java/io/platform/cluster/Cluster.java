package io.platform.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.platform.app.AppRuntime;
import io.platform.app.BuildRunner;
import io.platform.app.ProcessStates;
import io.platform.slug.SteadyClock;
import java.time.Duration;

/** Builds and apps on a Kubernetes cluster. Both outlive this process, and are found again. */
public final class Cluster implements AutoCloseable {
  private static final int RETRIES = 4;

  /** A watch whose connection is dead for twice so long is begun again. */
  private static final Duration PING = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Timer timer = new Timer();
  private final PodBuilds builds;
  private final ClusterApps apps;
  private final PodStates states;

  private Cluster(ClusterConfig config) {
    Outage outage = new Outage();
    this.client =
        new KubernetesClientBuilder()
            .withConfig(access(config))
            .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("outage", outage))
            .build();
    Kubernetes kubernetes = new Kubernetes(client, outage);
    Namespaces namespaces =
        new Namespaces(
            kubernetes, config.installation(), config.namespaces(), SteadyClock.system());
    this.builds = new PodBuilds(kubernetes, namespaces, config, timer);
    this.states = new PodStates(kubernetes, config.installation());
    this.apps = new ClusterApps(kubernetes, namespaces, config);
  }

  /** Does nothing on the cluster yet. */
  public static Cluster open(ClusterConfig config) {
    return new Cluster(config);
  }

  private static Config access(ClusterConfig config) {
    Config found =
        config
            .kubeconfig()
            .map(file -> Config.fromKubeconfig(file.toFile()))
            .orElseGet(() -> Config.autoConfigure(null));
    return new ConfigBuilder(found)
        .withRequestRetryBackoffLimit(RETRIES)
        .withWebsocketPingInterval(PING.toMillis())
        .build();
  }

  /** Runs builders; for the receiver. */
  public BuildRunner builds() {
    return builds;
  }

  /** Runs apps; for the deployer. */
  public AppRuntime apps() {
    return apps;
  }

  /** Tells how the processes of apps are. */
  public ProcessStates states() {
    return states;
  }

  /** Stops watching; what runs on the cluster runs on. */
  @Override
  public void close() {
    builds.close();
    apps.close();
    timer.close();
    client.close();
  }
}
