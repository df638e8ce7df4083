package io.platform.bootstrap.pod;

import io.platform.commons.settings.InvalidValue;
import io.platform.commons.settings.SettingsReader;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.desired.AppSettings;
import io.platform.kubernetes.desired.BuildSettings;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.ContainerResources;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.NamespaceSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of builds and apps on the cluster, as far as they are known before the database is open.
 */
public record ClusterSettings(ClusterConfig config) {
  private static final String BUILDER = "/opt/platform/bin/builder";
  private static final String RUNNER = "/opt/platform/bin/runner";
  private static final String UNKNOWN = "unknown";

  /**
   * Reads the settings.
   *
   * @param ports those of the platform's own pod
   */
  public static ClusterSettings read(SettingsReader settings, PodPorts ports) {
    String image =
        settings.requiredText("PLATFORM_SLUG_RUNNER_IMAGE", "registry.example.com/slug-runner:1");
    ClusterConfig.Times times = ClusterConfig.Times.DEFAULTS;
    return new ClusterSettings(
        new ClusterConfig(
            Optional.empty(),
            installation(settings),
            builds(settings, started(image, BUILDER)),
            apps(settings, started(image, RUNNER)),
            namespaces(settings, ports),
            new ClusterConfig.Times(
                times.stuck(),
                settings.time("PLATFORM_APP_BOOT", times.boot()),
                settings.time("PLATFORM_ROLLOUT_TIME", times.rollout()),
                settings.timeOrZero("PLATFORM_KEEP_BUILD_PODS", times.keepSucceeded()),
                settings.timeOrZero("PLATFORM_KEEP_FAILED_PODS", times.keepFailed()))));
  }

  /**
   * Builder and runner are process 1: the environment of an init before them, with its token, could
   * be read by what they start.
   */
  private static ContainerProgram started(String image, String command) {
    return new ContainerProgram(image, "IfNotPresent", List.of(command), List.of());
  }

  /** The config of an installation whose id is known. */
  public ClusterConfig of(String clusterId) {
    InstallationId known = config.installation();
    return new ClusterConfig(
        config.kubeconfig(),
        new InstallationId(clusterId, known.namespacePrefix(), known.platformNamespace()),
        config.builds(),
        config.apps(),
        config.namespaces(),
        config.times());
  }

  private static InstallationId installation(SettingsReader settings) {
    String prefix = settings.text("PLATFORM_NAMESPACE_PREFIX").orElse("platform");
    String own = settings.text("PLATFORM_NAMESPACE").orElse("platform-system");
    return settings.valid(
        "PLATFORM_NAMESPACE_PREFIX and PLATFORM_NAMESPACE",
        new InstallationId(UNKNOWN, "platform", "platform-system"),
        () -> new InstallationId(UNKNOWN, prefix, own));
  }

  private static BuildSettings builds(SettingsReader settings, ContainerProgram program) {
    BuildSettings defaults = BuildSettings.defaults(program);
    ContainerResources resources = resources(settings, "PLATFORM_BUILD", defaults.resources());
    String disk = settings.text("PLATFORM_BUILD_DISK").orElse(defaults.workSize());
    return settings.valid(
        "PLATFORM_BUILD_DISK",
        defaults,
        () -> new BuildSettings(program, resources, disk, defaults.tmpSize(), defaults.grace()));
  }

  private static AppSettings apps(SettingsReader settings, ContainerProgram program) {
    AppSettings defaults = AppSettings.defaults(program);
    ContainerResources resources = resources(settings, "PLATFORM_APP", defaults.resources());
    String disk = settings.text("PLATFORM_APP_DISK").orElse(defaults.appSize());
    return settings.valid(
        "PLATFORM_APP_DISK",
        defaults,
        () ->
            new AppSettings(
                program,
                resources,
                disk,
                defaults.tmpSize(),
                defaults.port(),
                settings.time("PLATFORM_STEADY_TIME", defaults.steady()),
                settings.time("PLATFORM_APP_BOOT", defaults.boot()),
                settings.timeOrZero("PLATFORM_APP_DRAIN", defaults.drain()),
                settings.timeOrZero("PLATFORM_APP_GRACE", defaults.grace()),
                ingress(settings)));
  }

  private static Optional<AppSettings.Ingress> ingress(SettingsReader settings) {
    Optional<String> secret = settings.text("PLATFORM_INGRESS_TLS_SECRET");
    Map<String, String> annotations = pairs(settings, "PLATFORM_INGRESS_ANNOTATIONS");
    return settings
        .text("PLATFORM_INGRESS_CLASS")
        .map(name -> new AppSettings.Ingress(name, secret, annotations));
  }

  private static NamespaceSettings namespaces(SettingsReader settings, PodPorts ports) {
    NamespaceSettings defaults = NamespaceSettings.defaults();
    TreeMap<String, String> quota = new TreeMap<>(defaults.quota());
    quota.putAll(pairs(settings, "PLATFORM_NAMESPACE_QUOTA"));
    NamespaceSettings.Network network = defaults.network();
    List<String> dns = words(settings, "PLATFORM_DNS_NETWORKS");
    NamespaceSettings.Network changed =
        settings.valid(
            "PLATFORM_CLUSTER_NETWORKS and PLATFORM_DNS_NETWORKS",
            network,
            () ->
                new NamespaceSettings.Network(
                        network.notTheInternet(),
                        dns.isEmpty() ? network.dns() : dns,
                        places(settings),
                        words(settings, "PLATFORM_INGRESS_NAMESPACES"),
                        ports.served())
                    .without(words(settings, "PLATFORM_CLUSTER_NETWORKS")));
    NamespaceSettings.Rights rights =
        new NamespaceSettings.Rights(
            settings.text("PLATFORM_NAMESPACE_ROLE").orElse("platform-namespace"),
            settings.text("PLATFORM_SERVICE_ACCOUNT").orElse("git-receiver"));
    return settings.valid(
        "PLATFORM_NAMESPACE_QUOTA",
        defaults,
        () ->
            new NamespaceSettings(
                quota,
                defaults.unspecified(),
                changed,
                Optional.of(rights),
                settings.text("PLATFORM_PULL_CONFIG").map(Path::of)));
  }

  /**
   * Where the object store is reached inside the cluster: {@code NAMESPACE:PORT} or {@code
   * CIDR:PORT}.
   */
  private static List<NamespaceSettings.Place> places(SettingsReader settings) {
    String name = "PLATFORM_OBJECT_STORE_PLACES";
    return settings.valid(
        name,
        List.of(),
        () ->
            words(settings, name).stream()
                .map(word -> {
                  int colon = word.lastIndexOf(':');
                  if (colon < 1 || !isPort(word.substring(colon + 1))) {
                    throw new IllegalArgumentException(
                        "'%s' has no port: write NAMESPACE:PORT or CIDR:PORT".formatted(word));
                  }
                  return new NamespaceSettings.Place(
                      word.substring(0, colon), Integer.parseInt(word.substring(colon + 1)));
                })
                .toList());
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65_535;
  }

  private static ContainerResources resources(
      SettingsReader settings, String prefix, ContainerResources defaults) {
    String cpuRequest = settings.text(prefix + "_CPU_REQUEST").orElse(defaults.cpuRequest());
    String cpuLimit = settings.text(prefix + "_CPU_LIMIT").orElse(defaults.cpuLimit());
    String memoryRequest =
        settings.text(prefix + "_MEMORY_REQUEST").orElse(defaults.memoryRequest());
    String memoryLimit = settings.text(prefix + "_MEMORY_LIMIT").orElse(defaults.memoryLimit());
    return settings.valid(
        prefix + "_CPU_… and " + prefix + "_MEMORY_…",
        defaults,
        () -> new ContainerResources(cpuRequest, cpuLimit, memoryRequest, memoryLimit));
  }

  private static List<String> words(SettingsReader settings, String name) {
    return Arrays.stream(settings.text(name).orElse("").split("[,\\s]+", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** {@code name=value}, separated by commas or white space. */
  private static Map<String, String> pairs(SettingsReader settings, String name) {
    Map<String, String> pairs = new TreeMap<>();
    for (String word : words(settings, name)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        settings.wrong(name, "a list such as a=b,c=d, not " + InvalidValue.quoted(word));
        return Map.of();
      }
      pairs.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return pairs;
  }
}
