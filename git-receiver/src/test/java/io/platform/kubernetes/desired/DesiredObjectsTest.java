package io.platform.kubernetes.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.platform.domain.App;
import io.platform.domain.AppFeature;
import io.platform.domain.AppOptions;
import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.Formation;
import io.platform.domain.Origin;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessShare;
import io.platform.domain.ProcessSize;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restart;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutOptions;
import io.platform.domain.Scale;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.OneOffSpec;
import io.platform.domain.port.RunSpec;
import io.platform.slug.AppJson;
import io.platform.slug.AppJsonLimits;
import io.platform.slug.AppJsonReader;
import io.platform.slug.DeployScripts;
import io.platform.slug.ProcessTypes;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -Dgolden.update=true} writes the files anew: then read them. */
class DesiredObjectsTest {
  private static final Path FILES = Path.of("src/test/resources/io/platform/kubernetes/desired");
  private static final InstallationId INSTALLATION =
      new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system");
  private static final URI URL = URI.create("http://git-receiver.platform-system.svc");
  private static final String COMMIT = "2b2ef0f6b0bd7b1b6f9a3a9df7a8d4f0f4a1c9e3";
  private static final App SHOP =
      AppBuilder.of("1hc0e2w000app", "1hc0e2v8cust0", "acme", "shop")
          .deployBranch(Optional.of("refs/heads/main"))
          .desired(Optional.of(new ReleaseVersion(3)))
          .live(Optional.of(new ReleaseVersion(2)))
          .createdAt(Instant.parse("2026-11-21T12:00:00Z"))
          .build();

  private static final Config CONFIG =
      new Config(new TreeMap<>(Map.of("GREETING", "hello", "PATH", "/odd")));

  private static BuildSpec build() {
    return new BuildSpec(
        new BuildId("1hc0e2wbuild0"),
        SHOP,
        new Origin.Push("refs/heads/main", "0".repeat(40), COMMIT, "jo+ops@example.com"),
        Instant.parse("2026-11-21T12:30:00Z"),
        CONFIG,
        "build-token",
        URL);
  }

  private static RunSpec run() {
    return run(SHOP, new ProcessTypes(Map.of("web", "node index.js")));
  }

  private static RunSpec run(App app, ProcessTypes types) {
    return run(app, types, AppJson.NONE);
  }

  private static RunSpec run(App app, ProcessTypes types, AppJson appJson) {
    Release release =
        ReleaseBuilder.of("1hc0e2wreleas", app.id(), 3)
            .config(CONFIG)
            .processTypes(types)
            .appJson(appJson)
            .cause(new ReleaseCause.Deploy(Optional.of(COMMIT)))
            .commit(COMMIT)
            .madeBy(new BuildId("1hc0e2wbuild0"))
            .by("jo+ops@example.com")
            .createdAt(Instant.parse("2026-11-21T12:10:00Z"))
            .build();
    return new RunSpec(app, release, "release-token", URL);
  }

  private static void check(String name, List<? extends HasMetadata> objects) throws IOException {
    String yaml = objects.stream().map(Serialization::asYaml).collect(Collectors.joining());
    Path file = FILES.resolve(name + ".yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FILES);
      Files.writeString(file, yaml);
    }
    assertThat(yaml).isEqualTo(Files.readString(file));
  }

  @Test
  void aBuildIsASecretAndAPodThatItOwns() throws IOException {
    BuildObjects objects =
        new BuildObjects(
            INSTALLATION,
            BuildSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "builder")));
    check(
        "build",
        List.of(
            objects.secret(build()), objects.pod(build(), "7c9f0e3a-0000-4000-8000-000000000001")));
  }

  @Test
  void aReleaseIsTwoSecretsADeploymentAndAService() throws IOException {
    ReleaseObjects objects =
        new ReleaseObjects(
            INSTALLATION,
            AppSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "runner")));
    List<HasMetadata> all = new ArrayList<>();
    all.addAll(objects.secrets(run()));
    all.addAll(objects.web(run()));
    check("release", all);
  }

  @Test
  void processesOfOtherTypesAreDeploymentsWithoutAPort() throws IOException {
    Formation formation = Formation.UNSCALED.withQuantity("worker", 2).withQuantity("Night_Job", 0);
    Restarts restarts =
        Restarts.NONE.with(
            new ProcessSelector.OfType("worker"),
            Restart.Manner.ROLLING,
            Instant.parse("2026-11-21T12:20:00Z"));
    App app = with(formation, restarts);
    ProcessTypes types =
        new ProcessTypes(
            Map.of(
                "web", "node index.js",
                "worker", "node worker.js",
                "Night_Job", "node night.js",
                "never-scaled", "node other.js",
                "release", "node migrate.js"));
    check("workers", objects().others(run(app, types)));
  }

  @Test
  void healthChecksOfAnAppJsonAreProbes() throws Exception {
    AppJson appJson =
        AppJsonReader.read(
                """
                {"healthchecks": {
                   "web": [
                     {"type": "startup", "path": "/up", "attempts": 10, "wait": 2,
                      "httpHeaders": [{"name": "Host", "value": "shop.example.com"}]},
                     {"type": "startup", "uptime": 7},
                     {"type": "readiness", "path": "/ready", "content": "yes"},
                     {"type": "readiness", "listening": true, "port": 9000},
                     {"type": "liveness", "path": "/healthz", "initialDelay": 15, "timeout": 7}],
                   "worker": [{"type": "liveness", "command": ["./alive", "--quick"]}]}}
                """
                    .getBytes(StandardCharsets.UTF_8),
                AppJsonLimits.defaults())
            .used();
    ProcessTypes types =
        new ProcessTypes(Map.of("web", "node index.js", "worker", "node worker.js"));
    RunSpec spec =
        run(with(Formation.UNSCALED.withQuantity("worker", 1), Restarts.NONE), types, appJson);
    List<HasMetadata> all = new ArrayList<>();
    all.add(objects().web(spec).getFirst());
    all.addAll(objects().others(spec));
    check("health-checks", all);
  }

  @Test
  void aReleaseCommandIsAPodThatRunsOnce() throws IOException {
    ProcessTypes types =
        new ProcessTypes(Map.of("web", "node index.js", "release", "node migrate.js"));
    check(
        "release-command",
        List.of(
            objects()
                .releaseCommand(
                    run(with(Formation.UNSCALED, Restarts.NONE), types),
                    ReleaseCommandKind.RELEASE,
                    Duration.ofMinutes(10))));
  }

  @Test
  void aScriptIsAPodOfItsOwnThatRunsAnotherCommand() {
    AppJson scripts =
        new AppJson(
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new DeployScripts(
                Optional.of("kill $$ $(cat pid) $HOME"), Optional.empty(), Optional.empty()));
    RunSpec spec =
        run(
            with(Formation.UNSCALED, Restarts.NONE),
            new ProcessTypes(Map.of("web", "node index.js")),
            scripts);
    Pod pod = objects().releaseCommand(spec, ReleaseCommandKind.PREDEPLOY, Duration.ofMinutes(10));
    assertThat(pod.getMetadata().getName()).isEqualTo("shop-v3-predeploy");
    assertThat(pod.getSpec().getContainers().getFirst().getEnv())
        .extracting(EnvVar::getName, EnvVar::getValue)
        .contains(
            tuple("PLATFORM_COMMAND", "kill $$$ $$(cat pid) $HOME"), tuple("DYNO", "predeploy.3"));
  }

  @Test
  void aOneOffProcessIsAPodThatNoServiceSelectsAndASecretOfItsVariables() throws IOException {
    OneOffSpec spec =
        new OneOffSpec(
            run(),
            ProcessName.numbered("run", 4711),
            "echo $HOME",
            Map.of("VERBOSE", "1"),
            new ProcessSize(Optional.of(256L << 20), Optional.empty()),
            Optional.empty(),
            Duration.ofDays(1));
    OneOffObjects objects =
        new OneOffObjects(
            INSTALLATION,
            AppSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "runner")));
    Secret secret = objects.secret(spec).orElseThrow();
    Secret made =
        new SecretBuilder(secret)
            .editMetadata()
            .withUid("7c9f0e3a-0000-4000-8000-000000000001")
            .endMetadata()
            .build();
    Pod attached = objects.pod(spec, true, Optional.of(OneOffObjects.owner(made)));
    check("one-off", List.of(secret, attached, objects.pod(spec, false, Optional.empty())));
    Service service =
        (Service) objects().web(run()).stream().filter(Service.class::isInstance).findFirst().get();
    assertThat(
            attached
                .getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(service.getSpec().getSelector().entrySet()))
        .isFalse();
  }

  @Test
  void aRollingRestartOfAllIsInTheWebPodsTemplate() {
    Restarts restarts =
        Restarts.NONE.with(
            new ProcessSelector.All(),
            Restart.Manner.ROLLING,
            Instant.parse("2026-11-21T12:20:00Z"));
    Deployment deployment =
        (Deployment)
            objects()
                .web(
                    run(
                        with(Formation.UNSCALED, restarts),
                        new ProcessTypes(Map.of("web", "node index.js"))))
                .getFirst();
    assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
        .containsExactly(Map.entry("platform.io/restarted-at", "2026-11-21T12:20:00Z"));
  }

  private static ReleaseObjects objects() {
    return new ReleaseObjects(
        INSTALLATION,
        AppSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "runner")));
  }

  private static App with(Formation formation, Restarts restarts) {
    return with(formation, restarts, AppOptions.NONE);
  }

  private static App with(Formation formation, Restarts restarts, AppOptions options) {
    return AppBuilder.from(SHOP).formation(formation).restarts(restarts).options(options).build();
  }

  @Test
  void whatAnAppsDevelopersChoseIsInItsObjects() throws IOException {
    AppOptions options =
        AppOptions.NONE
            .with(AppFeature.HEROKU_METADATA, true)
            .with(AppFeature.SESSION_AFFINITY, true)
            .with(AppFeature.FORCE_HTTPS, true)
            .with(AppFeature.OVERLAPPING_WORKERS, true)
            .with(
                new RolloutOptions(
                    ProcessShare.parse("2"),
                    ProcessShare.parse("50%"),
                    Optional.of(Duration.ofSeconds(90))));
    App app = with(Formation.UNSCALED.withQuantity("worker", 1), Restarts.NONE, options);
    RunSpec spec =
        run(app, new ProcessTypes(Map.of("web", "node index.js", "worker", "node worker.js")));
    ReleaseObjects objects =
        new ReleaseObjects(
            INSTALLATION,
            AppSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "runner"))
                .with(new AppSettings.Ingress("nginx", Optional.empty(), Map.of())));
    List<HasMetadata> all = new ArrayList<>(objects.web(spec));
    all.addAll(objects.others(spec));
    check("options", all);
  }

  @Test
  void aScaledAppSaysHowManyProcessesRunAndHowLargeTheyAre() {
    Formation formation =
        Formation.UNSCALED.with(
            "web", new Scale(3, new ProcessSize(Optional.of(256L << 20), Optional.of(500))));
    App scaled = AppBuilder.from(SHOP).formation(formation).build();
    ReleaseObjects objects =
        new ReleaseObjects(
            INSTALLATION,
            AppSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "runner")));
    Deployment deployment =
        (Deployment)
            objects.web(new RunSpec(scaled, run().release(), "release-token", URL)).getFirst();
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
    var resources =
        deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getResources();
    assertThat(resources.getLimits()).isEqualTo(resources.getRequests());
    assertThat(resources.getLimits().toString()).contains("500", "256", "Mi");
  }

  @Test
  void whereThereIsAnIngressClassTheHostIsAnIngress() throws IOException {
    AppSettings settings =
        AppSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "runner"))
            .with(
                new AppSettings.Ingress(
                    "nginx",
                    Optional.of("{app}-tls"),
                    Map.of("cert-manager.io/cluster-issuer", "letsencrypt")));
    List<HasMetadata> web = new ReleaseObjects(INSTALLATION, settings).web(run());
    check("ingress", List.of(web.getLast()));
  }

  @Test
  void theIngressHasTheAppsOwnDomainsAndLeadsToThePlatformInMaintenance() throws IOException {
    AppSettings settings =
        AppSettings.defaults(ContainerProgram.of("platform/slug-runner:dev", "runner"))
            .with(new AppSettings.Ingress("nginx", Optional.of("{app}-tls"), Map.of()));
    ReleaseObjects objects = new ReleaseObjects(INSTALLATION, settings);
    List<HasMetadata> both = new ArrayList<>();
    for (boolean maintenance : List.of(false, true)) {
      App app =
          AppBuilder.from(SHOP)
              .domains("www.example.net", "*.example.org")
              .maintenance(maintenance)
              .build();
      both.add(objects.web(new RunSpec(app, run().release(), "release-token", URL)).getLast());
    }
    check("domains", both);
  }

  @Test
  void aNamespaceIsFencedInBeforeAnythingRuns() throws IOException {
    NamespaceSettings defaults = NamespaceSettings.defaults();
    NamespaceSettings.Network network = NamespaceSettings.Network.DEFAULTS;
    NamespaceObjects objects =
        new NamespaceObjects(
            INSTALLATION,
            new NamespaceSettings(
                defaults.quota(),
                defaults.unspecified(),
                new NamespaceSettings.Network(
                    network.notTheInternet(),
                    network.dns(),
                    List.of(
                        new NamespaceSettings.Place("minio", 9000),
                        new NamespaceSettings.Place("10.1.2.3/32", 443)),
                    List.of("ingress-nginx"),
                    new PlatformPorts(9080, 9081)),
                Optional.of(new NamespaceSettings.Rights("platform-tenant", "git-receiver")),
                Optional.empty()));
    List<HasMetadata> all = new ArrayList<>();
    all.add(objects.namespace(SHOP));
    all.addAll(objects.inside(SHOP, Optional.empty()));
    check("namespace", all);
  }

  @Test
  void buildsAndAppsPullTheirImageWithTheRegistrysLogin() throws IOException {
    NamespaceObjects objects = new NamespaceObjects(INSTALLATION, NamespaceSettings.defaults());
    List<HasMetadata> inside =
        objects.inside(
            SHOP,
            Optional.of("{\"auths\":{\"registry.example.com\":{\"auth\":\"am86c2VjcmV0\"}}}"));
    check(
        "registry",
        inside.stream()
            .filter(object -> Set.of("Secret", "ServiceAccount").contains(object.getKind()))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "jo@example.com, jo_example.com",
    "Jo Ops <jo@x>, Jo_Ops__jo_x",
    "+++, ''",
    "1hc0e2v7m9xk4, 1hc0e2v7m9xk4"
  })
  void aLabelsValueIsAlwaysValid(String text, String value) {
    assertThat(Labels.value(text)).isEqualTo(value);
    assertThat(Labels.value(text + "x".repeat(100)).length()).isLessThanOrEqualTo(63);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0", "10.0.0.0/33", "fd00::/129", "node1/32", "''"})
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> NamespaceSettings.Network.DEFAULTS.without(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no network");
  }

  @ParameterizedTest
  @CsvSource({"10X", "much", "''", "1.2.3Gi"})
  void refusesWhatIsNoQuantity(String text) {
    assertThatThrownBy(() -> ContainerResources.check(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no quantity");
  }
}
