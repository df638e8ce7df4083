package io.platform.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.Ids;
import io.platform.domain.Origin;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.AppSettings;
import io.platform.kubernetes.desired.BuildObjects;
import io.platform.kubernetes.desired.BuildSettings;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.ContainerResources;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.NamespaceSettings;
import io.platform.slug.ProcessTypes;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * An installation of its own on the cluster of KUBECONFIG, removed at the end. Builder and runner
 * are shell scripts in the image CLUSTER_TEST_IMAGE, which needs bash and python3.
 */
public final class OnCluster implements AutoCloseable {
  /** In the init container the script stands for the runner that stores the slug: there is none. */
  private static final String HAS_SLUG = "[ -z \"$PLATFORM_STORE_SLUG\" ] || exit 0\n";

  public static final URI URL = URI.create("http://git-receiver.platform-system.svc");

  private static final ContainerResources SMALL =
      new ContainerResources("10m", "1", "16Mi", "64Mi");

  public final KubernetesClient client;
  final InstallationId installation;
  final Path kubeconfig;
  private final String image;
  private final List<KubernetesAdapters> clusters = new ArrayList<>();

  public OnCluster() {
    this.kubeconfig =
        Path.of(requireNonNull(System.getenv("KUBECONFIG"), "KUBECONFIG says no cluster"));
    this.image =
        Optional.ofNullable(System.getenv("CLUSTER_TEST_IMAGE")).orElse("platform-test/shell:1");
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    String id = Ids.next(Instant.now());
    this.installation = new InstallationId(id, "t" + id.substring(5), "platform-system");
  }

  /** A config for quick tests: small pods, short times. */
  public ClusterConfig config(String buildScript, String appScript) {
    return new ClusterConfig(
        Optional.of(kubeconfig),
        installation,
        new BuildSettings(shell(buildScript), SMALL, "64Mi", "64Mi", Duration.ofSeconds(2)),
        new AppSettings(
            shell(HAS_SLUG + appScript),
            SMALL,
            "64Mi",
            "64Mi",
            5000,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Optional.empty()),
        NamespaceSettings.defaults(),
        new ClusterConfig.Times(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(40),
            Duration.ofHours(1),
            Duration.ofHours(1)));
  }

  ContainerProgram shell(String script) {
    return new ContainerProgram(image, "IfNotPresent", List.of("bash", "-c", script), List.of());
  }

  /** The adapters; each call is another process of the platform. */
  public KubernetesAdapters open(ClusterConfig config) {
    KubernetesAdapters cluster = KubernetesAdapters.open(config);
    clusters.add(cluster);
    return cluster;
  }

  public App app(String namespace, String name) {
    return AppBuilder.of(Ids.next(Instant.now()), "customer-1", namespace, name)
        .createdAt(Instant.now())
        .build();
  }

  public static App withLive(App app, int version) {
    return AppBuilder.from(app).live(Optional.of(new ReleaseVersion(version))).build();
  }

  public BuildSpec build(App app) {
    return new BuildSpec(
        new BuildId(Ids.next(Instant.now())),
        app,
        new Origin.Push("refs/heads/main", "0".repeat(40), "ab".repeat(20), "jo@example.com"),
        Instant.now().plusSeconds(600),
        new io.platform.domain.Config(new TreeMap<>(Map.of("GREETING", "hello"))),
        "build-token",
        URL);
  }

  PodResource pod(BuildSpec spec) {
    return client.pods().inNamespace(namespace(spec.app())).withName(BuildObjects.name(spec));
  }

  public void awaitRunning(BuildSpec spec) {
    pod(spec).waitUntilReady(60, TimeUnit.SECONDS);
  }

  void awaitEnd(BuildSpec spec) {
    pod(spec)
        .waitUntilCondition(
            pod -> pod != null && PodState.of(pod) instanceof PodState.Ended, 60, TimeUnit.SECONDS);
  }

  /** Waits past the minute after which a kubelet collects what is left of a pod. */
  public void awaitGone(BuildSpec spec) {
    pod(spec).waitUntilCondition(pod -> pod == null, 150, TimeUnit.SECONDS);
  }

  /** A release; what its process does is told by the config var MODE. */
  public RunSpec release(App app, int version, String mode, Release.Status status) {
    return release(app, version, mode, status, new ProcessTypes(Map.of("web", "serve")));
  }

  public RunSpec release(
      App app, int version, String mode, Release.Status status, ProcessTypes processTypes) {
    Release release =
        ReleaseBuilder.of(Ids.next(Instant.now()), app.id(), version)
            .config(new io.platform.domain.Config(new TreeMap<>(Map.of("MODE", mode))))
            .processTypes(processTypes)
            .status(status)
            .createdAt(Instant.now())
            .build();
    return new RunSpec(app, release, "release-token", URL);
  }

  public String namespace(App app) {
    return installation.namespaceOf(app);
  }

  @Override
  public void close() {
    clusters.forEach(KubernetesAdapters::close);
    for (Namespace namespace :
        client
            .namespaces()
            .withLabel("platform.io/cluster", installation.clusterId())
            .list()
            .getItems()) {
      client.resource(namespace).withGracePeriod(0).delete();
    }
    client.close();
  }
}
