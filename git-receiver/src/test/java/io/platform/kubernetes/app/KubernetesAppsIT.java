package io.platform.kubernetes.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.failure.FailureMessages;
import io.platform.failure.ProgressMessages;
import io.platform.kubernetes.OnCluster;
import io.platform.kubernetes.client.PodState;
import io.platform.slug.ProcessTypes;
import io.platform.support.ReleaseBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Apps as Deployments, on a real cluster whose Services answer from here. */
@Tag("cluster")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesAppsIT {
  private static final Release.Status PENDING = Release.Status.PENDING;
  private static final Release.Status LIVE = Release.Status.LIVE;
  private static final String APP =
      """
      case "$PLATFORM_VAR_MODE" in
        crash) echo starting; echo boom >&2; exit 3;;
        hopeless) exit 106;;
        silent) echo "I say nothing"; sleep 600;;
        hungry) exec python3 -c 'x = bytearray(500 << 20)';;
        *) cd /app; echo "$PLATFORM_VAR_MODE" > index.html
           exec python3 -c '
      import http.server, os, signal, sys, threading
      class H(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *a): pass
      s = http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), H)
      signal.signal(signal.SIGTERM, lambda *a: threading.Thread(target=s.shutdown).start())
      s.serve_forever()
      ';;
      esac
      """;

  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private OnCluster on;

  @BeforeAll
  void start() {
    on = new OnCluster();
  }

  @BeforeEach
  void forgetWhatWasTold() {
    told.clear();
  }

  @AfterAll
  void stop() {
    on.close();
  }

  private AppRuntime apps() {
    return on.open(on.config("", APP)).apps();
  }

  private List<Pod> pods(App app) {
    return on.client.pods().inNamespace(on.namespace(app)).list().getItems();
  }

  private RolloutEnd rollOut(AppRuntime apps, RunSpec spec) throws InterruptedException {
    return apps.apply(spec)
        .await((key, notice) -> told.add(key + " " + ProgressMessages.of(notice)));
  }

  private URI address(App app) {
    return URI.create(
        "http://%s/"
            .formatted(
                on.client
                    .services()
                    .inNamespace(on.namespace(app))
                    .withName(app.path().name())
                    .get()
                    .getSpec()
                    .getClusterIP()));
  }

  /**
   * The text, or else what came instead of it. On a connection of its own: one that was made before
   * the node knew the Service leads elsewhere for ever.
   */
  private static String answer(URI address) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      response =
          http.send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
              BodyHandlers.ofString());
    }
    String text = response.body().strip();
    return response.statusCode() == 200 && !text.isEmpty()
        ? text
        : "%s with %s: '%s'".formatted(response, response.headers(), text);
  }

  /** Nodes hear of a new Service, or of its new pods, a moment later. */
  private void awaitAnswer(App app, String text) throws InterruptedException {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(answer(address(app))).isEqualTo(text));
  }

  private Deployment deployment(App app) {
    return on.client
        .apps()
        .deployments()
        .inNamespace(on.namespace(app))
        .withName(app.path().name() + "--web")
        .get();
  }

  private List<String> secrets(App app) {
    return on
        .client
        .secrets()
        .inNamespace(on.namespace(app))
        .withLabel("platform.io/app-id", app.id().value())
        .list()
        .getItems()
        .stream()
        .map((Secret secret) -> secret.getMetadata().getName())
        .toList();
  }

  @Test
  void theNextReleaseTakesOverWithoutAnErrorAndTellsPodByPod() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("rolling", "shop");
    assertThat(rollOut(apps, on.release(app, 1, "one", PENDING))).isEqualTo(new RolloutEnd.Live());
    URI address = address(app);
    awaitAnswer(app, "one");
    App live = OnCluster.withLive(app, 1);
    ProcessStates states = on.open(on.config("", APP)).states();
    assertThat(states.of(live))
        .extracting(ProcessState::type, ProcessState::status)
        .containsExactly(tuple("web", ProcessState.Status.UP));
    assertThat(states.of(List.of(live, on.app("rolling", "other"))))
        .isEqualTo(Map.of(app.id(), states.of(live)));
    assertThat(told.stream().map(line -> line.replaceAll("shop--web-[a-z0-9]+-[a-z0-9]+", "POD")))
        .containsExactly(
            "starting/web Starting process with command `serve`",
            "POD/scheduled POD: starts on node node1",
            "POD/ready/0 POD: up (1 of 1)");

    Visitors visitors = new Visitors(address);
    RunSpec second = on.release(OnCluster.withLive(app, 1), 2, "two", PENDING);
    assertThat(rollOut(apps, second)).isEqualTo(new RolloutEnd.Live());
    assertThat(answer(address)).isEqualTo("two");
    on.client
        .pods()
        .inNamespace(on.namespace(app))
        .withLabel("platform.io/version", "v1")
        .informOnCondition(pods -> pods.stream().allMatch(PodState::hasStopped))
        .get(60, TimeUnit.SECONDS);
    visitors.stop();
    assertThat(visitors.failures).isEmpty();
    assertThat(visitors.asked.get()).isGreaterThan(20);
    assertThat(secrets(app)).containsExactlyInAnyOrder("shop-v2-config", "shop-v2-token");

    apps.remove(app);
    assertThat(deployment(app)).isNull();
    assertThat(secrets(app)).isEmpty();
    assertThat(pods(app)).allMatch(PodState::hasStopped);
    apps.remove(app);
  }

  /** Ask an app all the time, each time on a connection of its own. */
  private static final class Visitors {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> running;

    private Visitors(URI address) {
      running = CompletableFuture.runAsync(() -> visit(address));
    }

    private void visit(URI address) {
      while (!over.get()) {
        try (HttpClient user = HttpClient.newHttpClient()) {
          asked.incrementAndGet();
          int status =
              user.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                  .statusCode();
          if (status != 200) {
            failures.add("status " + status);
          }
        } catch (IOException | InterruptedException e) {
          failures.add(e.toString());
        }
      }
    }

    private void stop() {
      over.set(true);
      running.join();
    }
  }

  @Test
  void aDeploymentOfTheNameBeforeGoesWhenTheOneThatTakesItsPlaceAnswers() throws Exception {
    App app = on.app("moved", "shop");
    assertThat(rollOut(apps(), on.release(app, 1, "one", PENDING)))
        .isEqualTo(new RolloutEnd.Live());
    var deployments = on.client.apps().deployments().inNamespace(on.namespace(app));
    Deployment now = deployment(app);
    Deployment before =
        new DeploymentBuilder(now)
            .withNewMetadata()
            .withName("shop")
            .withNamespace(on.namespace(app))
            .withLabels(now.getMetadata().getLabels())
            .endMetadata()
            .editSpec()
            .withReplicas(2)
            .endSpec()
            .withStatus(null)
            .build();
    deployments.resource(before).create();
    deployments.withName("shop").waitUntilReady(60, TimeUnit.SECONDS);
    deployments.withName("shop--web").delete();
    deployments.withName("shop--web").waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    awaitAnswer(app, "one");
    Visitors visitors = new Visitors(address(app));

    App live = OnCluster.withLive(app, 1);
    RunSpec spec = on.release(live, 1, "one", Release.Status.LIVE);
    assertThat(rollOut(on.open(on.config("", APP)).apps(), spec)).isEqualTo(new RolloutEnd.Live());
    assertThat(deployments.withName("shop").get()).isNull();
    assertThat(deployment(app).getStatus().getReadyReplicas()).isEqualTo(2);
    on.client
        .pods()
        .inNamespace(on.namespace(app))
        .informOnCondition(
            pods -> pods.stream().filter(pod -> !PodState.hasStopped(pod)).count() == 2)
        .get(60, TimeUnit.SECONDS);
    visitors.stop();
    assertThat(visitors.failures).isEmpty();
  }

  @Test
  void anAppIsRemovedWhenNothingOfItRunsThoughItsPodsAreStillListed() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("held", "shop");
    RunSpec spec = on.release(app, 1, "one", PENDING);
    assertThat(rollOut(apps, spec)).isEqualTo(new RolloutEnd.Live());
    String pod = pods(app).getFirst().getMetadata().getName();
    finalizers(app, pod, "\"platform.io/test\"");
    try {
      apps.remove(app);
      assertThat(pods(app))
          .singleElement()
          .satisfies(held -> assertThat(PodState.hasStopped(held)).isTrue());
      assertThat(secrets(app)).isEmpty();
    } finally {
      finalizers(app, pod, "");
    }
  }

  private void finalizers(App app, String pod, String finalizers) {
    on.client
        .pods()
        .inNamespace(on.namespace(app))
        .withName(pod)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"finalizers\": [%s]}}".formatted(finalizers));
  }

  @Test
  void aReleaseThatCrashesSaysWhatItWroteAndTheOneBeforeGoesOn() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("crash", "shop");
    RunSpec first = on.release(app, 1, "one", PENDING);
    assertThat(rollOut(apps, first)).isEqualTo(new RolloutEnd.Live());
    URI address = address(app);
    App live = OnCluster.withLive(app, 1);
    RolloutEnd end = rollOut(apps, on.release(live, 2, "crash", PENDING));
    assertThat(end).isInstanceOf(RolloutEnd.Failed.class);
    RolloutEnd.Failed failed = (RolloutEnd.Failed) end;
    assertThat(FailureMessages.of(failed.cause()))
        .startsWith("The web process exited with code 3 again and again before it accepted")
        .contains("(pod shop-");
    assertThat(failed.lastLines()) // one is of each stream, which nobody keeps in order
        .containsExactlyInAnyOrder("starting", "boom");
    assertThat(answer(address)).isEqualTo("one");

    RunSpec again = new RunSpec(live, live(first.release()), "other-token", OnCluster.URL);
    assertThat(rollOut(apps, again)).isEqualTo(new RolloutEnd.Live());
    assertThat(answer(address)).isEqualTo("one");
    assertThat(secrets(app)).containsExactlyInAnyOrder("shop-v1-config", "shop-v1-token");
    assertThat(deployment(app).getStatus().getReplicas()).isEqualTo(1);
  }

  private static Release live(Release release) {
    return ReleaseBuilder.from(release).status(LIVE).build();
  }

  @Test
  void ofAFirstReleaseThatDoesNotListenNothingIsLeft() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("silent", "shop");
    RolloutEnd.Failed end =
        (RolloutEnd.Failed) rollOut(apps, on.release(app, 1, "silent", PENDING));
    assertThat(FailureMessages.of(end.cause()))
        .startsWith("The web process did not listen on port 5000 within 5 s (pod shop-");
    assertThat(end.lastLines()).containsExactly("I say nothing");
    assertThat(deployment(app)).isNull();
    assertThat(secrets(app)).isEmpty();
  }

  @Test
  void whatNoSecondAttemptCanMendFailsAtOnce() throws Exception {
    App app = on.app("hopeless", "shop");
    RolloutEnd.Failed end =
        (RolloutEnd.Failed) rollOut(apps(), on.release(app, 1, "hopeless", PENDING));
    assertThat(FailureMessages.of(end.cause()))
        .startsWith("The release could not be started: its runner exited with code 106");
  }

  @Test
  void saysThatAnAppNeedsMoreMemoryThanItHas() throws Exception {
    App app = on.app("hungry", "shop");
    RolloutEnd.Failed end =
        (RolloutEnd.Failed) rollOut(apps(), on.release(app, 1, "hungry", PENDING));
    assertThat(FailureMessages.of(end.cause()))
        .startsWith("The web process needed more memory than the 64 MiB that it may have");
  }

  @Test
  void aNewerReleaseOvertakes() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("overtake", "shop");
    RunSpec first = on.release(app, 1, "silent", PENDING);
    Rollout rollout = apps.apply(first);
    CompletableFuture<RolloutEnd> end =
        CompletableFuture.supplyAsync(() -> {
          try {
            return rollout.await((key, notice) -> {});
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(rollOut(apps, on.release(app, 2, "two", PENDING))).isEqualTo(new RolloutEnd.Live());
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(new RolloutEnd.Superseded());
    assertThat(secrets(app)).containsExactlyInAnyOrder("shop-v2-config", "shop-v2-token");
  }

  @Test
  void healsWhatSomebodyDeletedOrChangedAndKeepsWhatIsNotItsOwn() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("drift", "shop");
    BlockingQueue<AppId> disturbed = new LinkedBlockingQueue<>();
    try (Subscription _ = apps.watch(disturbed::add)) {
      RunSpec pending = on.release(app, 1, "one", PENDING);
      assertThat(rollOut(apps, pending)).isEqualTo(new RolloutEnd.Live());
      RunSpec spec = new RunSpec(app, live(pending.release()), "other-token", OnCluster.URL);
      assertThat(rollOut(apps, spec)).isEqualTo(new RolloutEnd.Live());
      String version = deployment(app).getMetadata().getResourceVersion();
      assertThat(disturbed).isEmpty();

      // Another process of the platform applies the same, which changes nothing.
      assertThat(rollOut(apps(), spec)).isEqualTo(new RolloutEnd.Live());
      assertThat(deployment(app).getMetadata().getResourceVersion()).isEqualTo(version);

      // Somebody scales, annotates, and breaks the command.
      on.client
          .resource(deployment(app))
          .edit(d ->
              new DeploymentBuilder(d)
                  .editMetadata()
                  .addToAnnotations("team", "checkout")
                  .endMetadata()
                  .editSpec()
                  .withReplicas(2)
                  .editTemplate()
                  .editSpec()
                  .editFirstContainer()
                  .withCommand("false")
                  .endContainer()
                  .endSpec()
                  .endTemplate()
                  .endSpec()
                  .build());
      assertThat(disturbed.poll(20, TimeUnit.SECONDS)).isEqualTo(app.id());
      assertThat(rollOut(apps, spec)).isEqualTo(new RolloutEnd.Live());
      Deployment healed = deployment(app);
      assertThat(healed.getSpec().getReplicas()).isEqualTo(2);
      assertThat(healed.getStatus().getAvailableReplicas()).isEqualTo(2);
      assertThat(healed.getMetadata().getAnnotations()).containsEntry("team", "checkout");
      assertThat(healed.getSpec().getTemplate().getSpec().getContainers().getFirst().getCommand())
          .startsWith("bash");

      // Somebody deletes it.
      disturbed.clear();
      on.client.resource(deployment(app)).delete();
      assertThat(disturbed.poll(20, TimeUnit.SECONDS)).isEqualTo(app.id());
      assertThat(rollOut(apps, spec)).isEqualTo(new RolloutEnd.Live());
      awaitAnswer(app, "one");

      // And the Service.
      disturbed.clear();
      on.client.services().inNamespace(on.namespace(app)).withName("shop").delete();
      assertThat(disturbed.poll(20, TimeUnit.SECONDS)).isEqualTo(app.id());
      assertThat(rollOut(apps, spec)).isEqualTo(new RolloutEnd.Live());
      awaitAnswer(app, "one");
    }
  }

  @Test
  void aNamespaceThatSomebodyDeletedIsMadeAgain() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("vanish", "shop");
    BlockingQueue<AppId> disturbed = new LinkedBlockingQueue<>();
    try (Subscription _ = apps.watch(disturbed::add)) {
      RunSpec pending = on.release(app, 1, "one", PENDING);
      assertThat(rollOut(apps, pending)).isEqualTo(new RolloutEnd.Live());
      var namespace = on.client.namespaces().withName(on.namespace(app));
      namespace.delete();
      namespace.waitUntilCondition(gone -> gone == null, 120, TimeUnit.SECONDS);
      assertThat(disturbed.poll(20, TimeUnit.SECONDS)).isEqualTo(app.id());
      RunSpec spec = new RunSpec(app, live(pending.release()), "other-token", OnCluster.URL);
      assertThat(rollOut(apps, spec)).isEqualTo(new RolloutEnd.Live());
      awaitAnswer(app, "one");
    }
  }

  @Test
  void aReleaseWithoutAWebProcessServesNothing() throws Exception {
    AppRuntime apps = apps();
    App app = on.app("worker", "shop");
    assertThat(rollOut(apps, on.release(app, 1, "one", PENDING))).isEqualTo(new RolloutEnd.Live());
    RunSpec worker =
        on.release(
            OnCluster.withLive(app, 1),
            2,
            "two",
            PENDING,
            new ProcessTypes(Map.of("worker", "work")));
    assertThat(rollOut(apps, worker)).isEqualTo(new RolloutEnd.Live());
    assertThat(deployment(app)).isNull();
    assertThat(secrets(app)).isEmpty();
    assertThat(told).anyMatch(line -> line.startsWith("no-web There is no process type `web`"));
  }
}
