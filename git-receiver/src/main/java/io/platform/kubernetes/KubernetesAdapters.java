package io.platform.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.ProcessLogs;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.Signals;
import io.platform.kubernetes.app.KubernetesAppRuntime;
import io.platform.kubernetes.app.PodProcessStates;
import io.platform.kubernetes.app.PodReleaseCommands;
import io.platform.kubernetes.build.KubernetesBuildRunner;
import io.platform.kubernetes.client.ApiHttpClientFactory;
import io.platform.kubernetes.client.ApiServerHealth;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.log.PodLogs;
import io.platform.kubernetes.oneoff.PodOneOffs;
import io.platform.slug.SteadyClock;
import java.time.Duration;

/** Builds and apps on a Kubernetes cluster. Both outlive this process, and are found again. */
public final class KubernetesAdapters implements AutoCloseable {
  private static final int RETRIES = 4;

  /** A watch whose connection is dead for twice so long is begun again. */
  private static final Duration PING = Duration.ofSeconds(10);

  private final ApiServerHealth health = new ApiServerHealth();
  private final KubernetesClient client;
  private final KubernetesApi kubernetes;
  private final InstallationId installation;
  private final KeyedTimer timer = new KeyedTimer();
  private final KubernetesBuildRunner builds;
  private final KubernetesAppRuntime apps;
  private final PodReleaseCommands releaseCommands;
  private final PodProcessStates states;
  private final PodOneOffs oneOffs;

  private KubernetesAdapters(ClusterConfig config) {
    this.client =
        new KubernetesClientBuilder()
            .withConfig(access(config))
            .withHttpClientFactory(new ApiHttpClientFactory())
            .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("outage", health))
            .build();
    this.kubernetes = new KubernetesApi(client, health);
    this.installation = config.installation();
    NamespaceProvisioner namespaces =
        new NamespaceProvisioner(
            kubernetes, config.installation(), config.namespaces(), SteadyClock.system());
    this.builds = new KubernetesBuildRunner(kubernetes, namespaces, config, timer);
    this.states = new PodProcessStates(kubernetes, config.installation());
    this.apps = new KubernetesAppRuntime(kubernetes, namespaces, config);
    this.oneOffs = new PodOneOffs(kubernetes, namespaces, config, states, timer);
    this.releaseCommands = new PodReleaseCommands(kubernetes, namespaces, config);
  }

  /** Does nothing on the cluster yet. */
  public static KubernetesAdapters open(ClusterConfig config) {
    return new KubernetesAdapters(config);
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

  /** Runs the commands of releases; for the deployer. */
  public ReleaseCommands releaseCommands() {
    return releaseCommands;
  }

  /** Tells how the processes of apps are. */
  public ProcessStates states() {
    return states;
  }

  /** Reads the logs of these apps. */
  public ProcessLogs logs(Apps apps, AppEvents events, Signals signals) {
    return new PodLogs(kubernetes, installation, apps, events, signals);
  }

  /** Runs commands of users; for the receiver, which alone removes what they leave. */
  public OneOffProcesses oneOffs() {
    oneOffs.start();
    return oneOffs;
  }

  /** How often a watch of the cluster broke off and began again, since the start. */
  public long watchRestarts() {
    return health.watchRestarts();
  }

  /** Stops watching; what runs on the cluster runs on. */
  @Override
  public void close() {
    health.closing();
    builds.close();
    apps.close();
    timer.close();
    client.close();
  }
}
