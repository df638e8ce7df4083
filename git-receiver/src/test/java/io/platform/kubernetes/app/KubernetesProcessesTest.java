package io.platform.kubernetes.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.ExitDetail;
import io.platform.domain.Formation;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessSize;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restart;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.SimulatedCluster;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.desired.AppSettings;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.slug.AppJson;
import io.platform.slug.AppJsonLimits;
import io.platform.slug.AppJsonReader;
import io.platform.slug.ProcessTypes;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Apps of several process types on a cluster that is simulated. */
@Timeout(60)
class KubernetesProcessesTest {
  private static final ProcessTypes TYPES =
      new ProcessTypes(Map.of("web", "serve", "worker", "work"));

  @TempDir Path directory;
  private final Instant later = Instant.now().plusSeconds(3600);
  private SimulatedCluster cluster;
  private KubernetesAdapters adapters;

  @BeforeEach
  void start() throws Exception {
    cluster = new SimulatedCluster();
    adapters = KubernetesAdapters.open(config());
  }

  private ClusterConfig config() throws IOException {
    return ClusterConfig.of(
            new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
            ContainerProgram.of("runner:1", "builder"),
            ContainerProgram.of("runner:1", "runner"))
        .with(cluster.kubeconfig(directory));
  }

  @AfterEach
  void stop() {
    adapters.close();
    cluster.close();
  }

  @Test
  void listsNoPodOfAnybodyElse() throws Exception {
    rollOut(spec(1, TYPES, Formation.UNSCALED, Restarts.NONE));
    App app = spec(1, TYPES, Formation.UNSCALED, Restarts.NONE).app();
    List<ProcessState> own = adapters.states().of(app);
    assertThat(own).isNotEmpty();
    cluster.copyPod("web", "debug", "platform.io/version");
    assertThat(cluster.all("pods")).containsKey("debug");
    assertThat(adapters.states().of(app)).isEqualTo(own);
    assertThat(adapters.states().of(List.of(app)).get(app.id())).hasSameSizeAs(own);
  }

  @Test
  void replacesWorkersAfterTheWebProcessesAndScalesThem() throws Exception {
    Formation formation = Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 1);
    assertThat(rollOut(spec(1, TYPES, formation, Restarts.NONE))).isEqualTo(new RolloutEnd.Live());
    assertThat(rollOut(spec(2, TYPES, formation, Restarts.NONE))).isEqualTo(new RolloutEnd.Live());
    assertThat(cluster.history())
        .containsExactly(
            "PATCH shop--web", "PATCH shop--worker", "PATCH shop--web", "PATCH shop--worker");
    assertThat(pods("web")).isEqualTo(2);
    assertThat(pods("worker")).isEqualTo(1);

    Formation more = formation.withQuantity("worker", 3);
    assertThat(rollOut(spec(2, TYPES, more, Restarts.NONE))).isEqualTo(new RolloutEnd.Live());
    assertThat(pods("worker")).isEqualTo(3);
    Formation none = formation.withQuantity("worker", 0);
    assertThat(rollOut(spec(2, TYPES, none, Restarts.NONE))).isEqualTo(new RolloutEnd.Live());
    assertThat(pods("worker")).isZero();
    assertThat(cluster.all("deployments")).containsOnlyKeys("shop--web", "shop--worker");
  }

  @Test
  void tellsEachCrash() throws Exception {
    BlockingQueue<ProcessCrash> crashes = new LinkedBlockingQueue<>();
    try (Subscription watching = adapters.apps().watchCrashes(crashes::add)) {
      rollOut(spec(3, TYPES, Formation.UNSCALED.withQuantity("worker", 1), Restarts.NONE));
      await().until(() -> pods("worker") == 1);
      for (int exitCode : List.of(4, 0)) {
        cluster.end("worker", exitCode);
        ProcessCrash crash = requireNonNull(crashes.poll(30, TimeUnit.SECONDS));
        assertThat(crash.process().type()).isEqualTo("worker");
        assertThat(crash.release()).isEqualTo(new ReleaseVersion(3));
        assertThat(crash.cause())
            .isEqualTo(new ReleaseFailureCause.StartsAgain(exitCode, new ExitDetail.Unknown()));
      }
      assertThat(watching).isNotNull();
    }
    assertThat(crashes).isEmpty();
  }

  @Test
  void tellsThatAProcessNeededMoreMemoryThanItsSize() throws Exception {
    BlockingQueue<ProcessCrash> crashes = new LinkedBlockingQueue<>();
    Formation formation =
        Formation.UNSCALED
            .withQuantity("worker", 1)
            .withSize("worker", new ProcessSize(Optional.of(64L << 20), Optional.empty()));
    try (Subscription watching = adapters.apps().watchCrashes(crashes::add)) {
      rollOut(spec(3, TYPES, formation, Restarts.NONE));
      await().until(() -> pods("worker") == 1);
      cluster.end("worker", 137, "OOMKilled");
      assertThat(requireNonNull(crashes.poll(30, TimeUnit.SECONDS)).cause())
          .isEqualTo(new ReleaseFailureCause.StartsAgain(137, new ExitDetail.OutOfMemory("64Mi")));
      assertThat(watching).isNotNull();
    }
  }

  @Test
  void leadsVisitorsToThePlatformWhileTheAppIsInMaintenance() throws Exception {
    adapters.close();
    ClusterConfig config = config();
    adapters =
        KubernetesAdapters.open(
            config.with(
                config.apps().with(new AppSettings.Ingress("nginx", Optional.empty(), Map.of()))));
    RunSpec spec = spec(1, TYPES, Formation.UNSCALED, Restarts.NONE);
    rollOut(spec);
    assertThat(cluster.all("ingresses")).containsOnlyKeys("shop");
    rollOut(maintained(spec));
    assertThat(cluster.all("ingresses")).containsOnlyKeys("maintenance-1hc0e2w000app");
    assertThat(
            requireNonNull(cluster.all("ingresses").get("maintenance-1hc0e2w000app"))
                .at("/metadata/namespace")
                .asText())
        .isEqualTo("platform-system");
    assertThat(pods("web")).isEqualTo(1);
    rollOut(spec);
    assertThat(cluster.all("ingresses")).containsOnlyKeys("shop");
    rollOut(maintained(spec));
    adapters.apps().remove(spec.app());
    assertThat(cluster.all("ingresses")).isEmpty();
  }

  private static RunSpec maintained(RunSpec spec) {
    App app = spec.app();
    return new RunSpec(
        AppBuilder.from(app).maintenance(true).build(),
        spec.release(),
        spec.token(),
        spec.platformUrl());
  }

  @Test
  void watchesNoMoreWhereItGivesUpToWaitForTheEndOfPods() throws Exception {
    RunSpec spec = spec(1, TYPES, Formation.UNSCALED, Restarts.NONE);
    rollOut(spec);
    long before = cluster.podWatches();
    cluster.keepPods();
    FutureTask<Void> removal =
        new FutureTask<>(() -> {
          adapters.apps().remove(spec.app());
          return null;
        });
    Thread remover = Thread.ofVirtual().start(removal);
    await().until(() -> cluster.podWatches() > before);
    remover.interrupt();
    assertThatThrownBy(removal::get).hasCauseInstanceOf(InterruptedException.class);
    await().until(() -> cluster.podWatches() == before);
  }

  @Test
  void asksForNothingWhereAllIsAsItShouldBe() throws Exception {
    RunSpec spec = spec(1, TYPES, Formation.UNSCALED.withQuantity("worker", 1), Restarts.NONE);
    rollOut(spec);
    List<String> before = cluster.history();
    rollOut(spec);
    assertThat(cluster.history()).isEqualTo(before);
  }

  @Test
  void leavesAWebProcessThatIsScaledToNoneAtNone() throws Exception {
    rollOut(spec(1, TYPES, Formation.UNSCALED, Restarts.NONE));
    rollOut(spec(1, TYPES, Formation.UNSCALED.withQuantity("web", 0), Restarts.NONE));
    assertThat(
            requireNonNull(cluster.all("deployments").get("shop--web"))
                .at("/spec/replicas")
                .asInt(-1))
        .isZero();
  }

  @Test
  void leavesTheOldWorkersAloneWhenTheWebProcessesDoNotComeUp() throws Exception {
    Formation formation = Formation.UNSCALED.withQuantity("worker", 1);
    rollOut(spec(1, TYPES, formation, Restarts.NONE));
    cluster.crash("web");
    assertThat(rollOut(spec(2, TYPES, formation, Restarts.NONE)))
        .isInstanceOf(RolloutEnd.Failed.class);
    assertThat(cluster.history())
        .containsExactly("PATCH shop--web", "PATCH shop--worker", "PATCH shop--web");
  }

  @Test
  void anAppOfWorkersIsLiveWhenTheyAreUpAndFailsWhenTheyAreNot() throws Exception {
    ProcessTypes bot = new ProcessTypes(Map.of("bot", "chat"));
    Formation formation = Formation.UNSCALED.withQuantity("bot", 1);
    rollOut(spec(1, TYPES, Formation.UNSCALED, Restarts.NONE));
    assertThat(rollOut(spec(2, bot, formation, Restarts.NONE))).isEqualTo(new RolloutEnd.Live());
    assertThat(cluster.all("deployments")).containsOnlyKeys("shop--bot");
    assertThat(cluster.all("services")).isEmpty();
    cluster.crash("bot");
    assertThat(rollOut(spec(3, bot, formation, Restarts.NONE)))
        .isInstanceOfSatisfying(
            RolloutEnd.Failed.class,
            failed ->
                assertThat(failed.cause())
                    .isInstanceOfSatisfying(
                        ReleaseFailureCause.DidNotStayUp.class,
                        cause -> assertThat(cause.code()).isEqualTo(4)));
  }

  @Test
  void tellsWhyTheSlugOfAReleaseIsNotThere() throws Exception {
    cluster.failInit("web", 103, " !     The slug could not be fetched for 120 seconds.");
    assertThat(rollOut(spec(1, TYPES, Formation.UNSCALED, Restarts.NONE)))
        .isInstanceOfSatisfying(
            RolloutEnd.Failed.class,
            failed -> {
              assertThat(failed.cause())
                  .isInstanceOfSatisfying(
                      ReleaseFailureCause.Exited.class,
                      cause -> assertThat(cause.code()).isEqualTo(103));
              assertThat(failed.lastLines())
                  .containsExactly(" !     The slug could not be fetched for 120 seconds.");
            });
  }

  @Test
  void showsAProcessThatGetsItsSlugAsStarting() throws Exception {
    cluster.holdInit("worker");
    RunSpec spec = spec(1, TYPES, Formation.UNSCALED.withQuantity("worker", 1), Restarts.NONE);
    rollOut(spec);
    assertThat(statuses(spec))
        .containsExactly(ProcessState.Status.UP, ProcessState.Status.STARTING);
    cluster.finishInit("worker");
    assertThat(statuses(spec)).containsExactly(ProcessState.Status.UP, ProcessState.Status.UP);
  }

  private List<ProcessState.Status> statuses(RunSpec spec) {
    return adapters.states().of(spec.app()).stream().map(ProcessState::status).toList();
  }

  @Test
  void removesTheSecretThatAnEarlierVersionMade() throws Exception {
    RunSpec spec = spec(1, TYPES, Formation.UNSCALED, Restarts.NONE);
    rollOut(spec);
    assertThat(cluster.all("secrets")).containsOnlyKeys("shop-v1-config", "shop-v1-token");
    cluster.copy("shop-v1-token", "shop-v1");
    rollOut(spec(1, TYPES, Formation.UNSCALED.withQuantity("web", 2), Restarts.NONE));
    assertThat(cluster.all("secrets")).containsOnlyKeys("shop-v1-config", "shop-v1-token");
  }

  @Test
  void namesTheHealthCheckForWhichAReleaseDoesNotComeUp() throws Exception {
    adapters.close();
    ClusterConfig config = config();
    adapters =
        KubernetesAdapters.open(
            config.with(
                new ClusterConfig.Times(
                    config.times().stuck(),
                    Duration.ofSeconds(3),
                    config.times().rollout(),
                    config.times().keepSucceeded(),
                    config.times().keepFailed())));
    AppJson appJson =
        appJson(
            """
            {"healthchecks": {"web": [
              {"type": "startup", "path": "/up", "attempts": 1, "timeout": 1, "wait": 1}]}}
            """);
    cluster.failProbe("web", "Startup probe failed: HTTP probe failed with statuscode: 404");
    RunSpec spec =
        spec(1, TYPES, appJson, Formation.UNSCALED, Restarts.NONE, Release.Status.PENDING);
    assertThat(rollOut(spec))
        .isInstanceOfSatisfying(
            RolloutEnd.Failed.class,
            failed ->
                assertThat(failed.cause())
                    .isInstanceOfSatisfying(
                        ReleaseFailureCause.HealthCheckFailed.class,
                        cause -> {
                          assertThat(cause.kind()).isEqualTo("startup");
                          assertThat(cause.asked()).isEqualTo("GET /up");
                          assertThat(cause.answer())
                              .isEqualTo("HTTP probe failed with statuscode: 404");
                        }));
  }

  @Test
  void namesTheHealthCheckForWhichAProcessWasStartedAgain() throws Exception {
    AppJson appJson =
        appJson(
            """
            {"healthchecks": {"web": [{"type": "liveness", "path": "/alive", "attempts": 2}],
              "worker": [{"type": "liveness", "command": ["./alive", "-q"]}]}}
            """);
    Formation formation = Formation.UNSCALED.withQuantity("worker", 1);
    RunSpec spec = spec(1, TYPES, appJson, formation, Restarts.NONE, Release.Status.LIVE);
    BlockingQueue<ProcessCrash> crashes = new LinkedBlockingQueue<>();
    try (Subscription watching = adapters.apps().watchCrashes(crashes::add)) {
      rollOut(spec);
      await().until(() -> pods("worker") == 1);
      cluster.failLiveness("web", "HTTP probe failed with statuscode: 503");
      ReleaseFailureCause cause = requireNonNull(crashes.poll(30, TimeUnit.SECONDS)).cause();
      ProcessState web = adapters.states().of(spec.app()).getFirst();
      assertThat(web.status()).isEqualTo(ProcessState.Status.CRASHED);
      assertThat(web.reason()).contains(cause);
      assertThat(cause)
          .isEqualTo(
              new ReleaseFailureCause.HealthCheckFailed(
                  "liveness",
                  web.name().toString(),
                  "GET /alive",
                  "HTTP probe failed with statuscode: 503",
                  2));
      cluster.failLiveness("worker", "it ended with exit code 1");
      assertThat(requireNonNull(crashes.poll(30, TimeUnit.SECONDS)).cause())
          .isInstanceOfSatisfying(
              ReleaseFailureCause.HealthCheckFailed.class,
              failed -> assertThat(failed.asked()).isEqualTo("./alive -q"));
      assertThat(watching).isNotNull();
    }
  }

  @Test
  void namesTheHealthCheckForWhichAProcessThatIsUpGetsNoRequests() throws Exception {
    AppJson appJson =
        appJson("{\"healthchecks\": {\"web\": [{\"type\": \"readiness\", \"path\": \"/ready\"}]}}");
    RunSpec spec = spec(1, TYPES, appJson, Formation.UNSCALED, Restarts.NONE, Release.Status.LIVE);
    rollOut(spec);
    cluster.failReadiness("web", "HTTP probe failed with statuscode: 503");
    ProcessState web = adapters.states().of(spec.app()).getFirst();
    assertThat(web.status()).isEqualTo(ProcessState.Status.UP);
    assertThat(web.reason())
        .contains(
            new ReleaseFailureCause.HealthCheckFailed(
                "readiness",
                web.name().toString(),
                "GET /ready",
                "HTTP probe failed with statuscode: 503",
                3));
    rollOut(spec(2, TYPES, Formation.UNSCALED, Restarts.NONE));
    cluster.failReadiness("web", "connection refused"); // to its PORT, without a check of its own
    assertThat(adapters.states().of(spec.app()).getFirst().status())
        .isEqualTo(ProcessState.Status.STARTING);
  }

  private static AppJson appJson(String text) throws Exception {
    return AppJsonReader.read(text.getBytes(StandardCharsets.UTF_8), AppJsonLimits.defaults())
        .used();
  }

  @Test
  void refusesTypesWhoseObjectsWouldHaveTheSameName() throws Exception {
    ProcessTypes types = new ProcessTypes(Map.of("web", "serve", "Web", "serve"));
    assertThat(rollOut(spec(1, types, Formation.UNSCALED, Restarts.NONE)))
        .isEqualTo(
            new RolloutEnd.Failed(new ReleaseFailureCause.SameNames("Web", "web"), List.of()));
    assertThat(cluster.history()).isEmpty();
  }

  @Test
  void tellsTheProcessesOfAllTypesByNameWithTheirNodes() throws Exception {
    RunSpec spec = spec(1, TYPES, Formation.UNSCALED.withQuantity("worker", 2), Restarts.NONE);
    rollOut(spec);
    assertThat(adapters.states().of(spec.app()))
        .hasSize(3)
        .allMatch(it -> it.status() == ProcessState.Status.UP)
        .allMatch(it -> it.place().equals(Optional.of("node-1")))
        .allMatch(it -> it.release().equals(new ReleaseVersion(1)))
        .extracting(ProcessState::type)
        .containsExactly("web", "worker", "worker");
    assertThat(adapters.states().of(List.of(spec.app())).get(spec.app().id())).hasSize(3);
  }

  @Test
  void restartsByTheTemplateOrByDeletingPods() throws Exception {
    Formation formation = Formation.UNSCALED.withQuantity("worker", 2);
    RunSpec spec = spec(1, TYPES, formation, Restarts.NONE);
    rollOut(spec);
    int before = cluster.history().size();
    Restarts rolling =
        Restarts.NONE.with(
            new ProcessSelector.OfType("worker"), Restart.Manner.ROLLING, Instant.now());
    rollOut(spec(1, TYPES, formation, rolling));
    assertThat(cluster.history().subList(before, cluster.history().size()))
        .containsExactly("PATCH shop--worker");
    assertThat(
            requireNonNull(cluster.all("deployments").get("shop--worker"))
                .at("/spec/template/metadata/annotations/platform.io~1restarted-at")
                .asText())
        .isNotEmpty();

    ProcessName one =
        adapters.states().of(spec.app()).stream()
            .map(ProcessState::name)
            .filter(name -> name.type().equals("worker"))
            .findFirst()
            .orElseThrow();
    rollOut(
        spec(
            1,
            TYPES,
            formation,
            rolling.with(new ProcessSelector.One(one), Restart.Manner.STOP, later)));
    assertThat(cluster.history()).endsWith("PATCH shop--worker", "DELETE worker pod");
    assertThat(adapters.states().of(spec.app())).hasSize(3).noneMatch(it -> it.name().equals(one));
  }

  private RolloutEnd rollOut(RunSpec spec) throws InterruptedException {
    return adapters.apps().apply(spec).await((key, notice) -> {});
  }

  private long pods(String type) {
    return cluster.all("pods").values().stream()
        .filter(pod -> pod.at("/metadata/labels/platform.io~1process").asText().equals(type))
        .count();
  }

  private static RunSpec spec(
      int version, ProcessTypes types, Formation formation, Restarts restarts) {
    return spec(version, types, AppJson.NONE, formation, restarts, Release.Status.LIVE);
  }

  private static RunSpec spec(
      int version,
      ProcessTypes types,
      AppJson appJson,
      Formation formation,
      Restarts restarts,
      Release.Status status) {
    App app =
        AppBuilder.of("1hc0e2w000app", "customer", "acme", "shop")
            .desired(Optional.of(new ReleaseVersion(version)))
            .live(version == 1 ? Optional.empty() : Optional.of(new ReleaseVersion(version - 1)))
            .formation(formation)
            .restarts(restarts)
            .build();
    Release release =
        ReleaseBuilder.of("release" + version, app.id(), version)
            .processTypes(types)
            .appJson(appJson)
            .status(status)
            .build();
    return new RunSpec(app, release, "token", URI.create("http://git-receiver"));
  }
}
