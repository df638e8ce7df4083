package io.platform.kubernetes.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.Formation;
import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessSize;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.OneOffSpec;
import io.platform.domain.port.ProcessLogs;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.SimulatedCluster;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.persistence.Fixture;
import io.platform.persistence.TestDatabase;
import io.platform.slug.ProcessTypes;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs of pods of a simulated cluster. */
@Timeout(120)
class PodLogsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  @TempDir Path directory;
  private final Instant begin = Instant.now().minusSeconds(600);
  private SimulatedCluster cluster;
  private KubernetesAdapters adapters;
  private Fixture fixture;
  private App app;
  private ProcessLogs logs;
  private String web;
  private String worker;

  @BeforeEach
  void start() throws Exception {
    cluster = new SimulatedCluster();
    adapters =
        KubernetesAdapters.open(
            ClusterConfig.of(
                    new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
                    ContainerProgram.of("runner:1", "builder"),
                    ContainerProgram.of("runner:1", "runner"))
                .with(cluster.kubeconfig(directory)));
    fixture = new Fixture(TestDatabase.SQLITE, directory);
    app = fixture.app("shop");
    logs = adapters.logs(fixture.stores.apps(), fixture.stores.events(), fixture.signals);
    assertThat(
            adapters
                .apps()
                .apply(spec(Formation.UNSCALED.withQuantity("worker", 1)))
                .await((key, text) -> {}))
        .isEqualTo(new RolloutEnd.Live());
    web = pod("web");
    worker = pod("worker");
  }

  @AfterEach
  void stop() {
    adapters.close();
    fixture.close();
    cluster.close();
  }

  private String pod(String type) {
    return cluster.all("pods").entrySet().stream()
        .filter(
            it -> it.getValue().at("/metadata/labels/platform.io~1process").asText().equals(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private RunSpec spec(Formation formation) {
    App scaled =
        AppBuilder.from(app)
            .desired(Optional.of(new ReleaseVersion(1)))
            .live(Optional.empty())
            .formation(formation)
            .restarts(Restarts.NONE)
            .build();
    Release release =
        ReleaseBuilder.of("release1", app.id(), 1)
            .processTypes(new ProcessTypes(Map.of("web", "serve", "worker", "work")))
            .status(Release.Status.LIVE)
            .build();
    return new RunSpec(scaled, release, "token", URI.create("http://git-receiver"));
  }

  private Instant at(long nanos) {
    return begin.plusNanos(nanos);
  }

  private static LogQuery apps() {
    LogQuery all = LogQuery.everything();
    return new LogQuery(
        all.processes(),
        Set.of(LogSource.APP),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        false);
  }

  /** The simulated cluster answers one after the other: a long answer has to be read alone. */
  private static LogQuery ofWeb() {
    LogQuery all = apps();
    return new LogQuery(
        new ProcessSelector.OfType("web"),
        all.sources(),
        all.after(),
        all.since(),
        all.tail(),
        all.follow());
  }

  private List<String> texts(LogQuery query) throws Exception {
    return FollowedLog.read(logs, app, query).stream().map(LogLine::text).toList();
  }

  private void awaitFollowers(int count) {
    await()
        .atMost(TIMEOUT)
        .until(() -> cluster.followers(web) + cluster.followers(worker) == count);
  }

  @Test
  void mergesAllPodsInTheOrderOfTime() throws Exception {
    cluster.write(web, at(10), "a");
    cluster.write(worker, at(11), "b");
    cluster.write(worker, at(12), "c ✓ \u001b[1mbold");
    cluster.write(web, at(13), "");
    cluster.write(worker, at(2_000_000_000L), "x".repeat(10_001));

    List<LogLine> lines = FollowedLog.read(logs, app, apps());

    assertThat(lines)
        .extracting(LogLine::text)
        .containsExactly("a", "b", "c ✓ \u001b[1mbold", "", "x".repeat(10_000), "x");
    assertThat(lines.get(1).at()).isEqualTo(at(11));
    List<ProcessName> names = adapters.states().of(app).stream().map(ProcessState::name).toList();
    assertThat(lines.stream().map(line -> line.process().orElseThrow()))
        .startsWith(names.get(0), names.get(1));
  }

  @Test
  void tellsOnceHowADetachedOneOffProcessHasEnded() throws Exception {
    ProcessName name = ProcessName.numbered("run", 4711);
    adapters
        .oneOffs()
        .startDetached(
            new OneOffSpec(
                spec(Formation.UNSCALED),
                name,
                "./report",
                Map.of(),
                ProcessSize.STANDARD,
                Optional.empty(),
                Duration.ofHours(1)));
    cluster.write("shop--run-4711", at(10), "half of it");
    LogQuery all = LogQuery.everything();
    LogQuery its =
        new LogQuery(
            new ProcessSelector.One(name),
            all.sources(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false);
    String end =
        "The process run.4711 was killed: it needed more memory than the 512 MiB that it may have";
    try (FollowedLog followed = FollowedLog.start(logs, app, its.withFollow(true))) {
      assertThat(followed.next().text()).isEqualTo("half of it");
      cluster.finish("shop--run-4711", 137, "OOMKilled");
      LogLine last = followed.next();
      assertThat(last.text()).isEqualTo(end);
      assertThat(last.source()).isEqualTo(LogSource.PLATFORM);
      assertThat(texts(its)).containsExactly("half of it", end);
    }
  }

  @Test
  void selectsProcessesTimesAndTheNewestLines() throws Exception {
    for (int i = 0; i < 5; i++) {
      cluster.write(web, at(i * 1_000_000_000L), "web " + i);
      cluster.write(worker, at(i * 1_000_000_000L + 1), "worker " + i);
    }
    assertThat(texts(apps().withTail(3))).containsExactly("worker 3", "web 4", "worker 4");
    assertThat(texts(apps().withTail(0))).isEmpty();
    LogQuery workers =
        new LogQuery(
            new ProcessSelector.OfType("worker"),
            Set.of(LogSource.APP),
            Optional.empty(),
            Optional.of(at(3_000_000_000L)),
            OptionalInt.empty(),
            false);
    assertThat(texts(workers)).containsExactly("worker 3", "worker 4");
    LogQuery nobody =
        new LogQuery(
            ProcessSelector.parse("web.nobody").orElseThrow(),
            Set.of(LogSource.APP),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false);
    assertThat(texts(nobody)).isEmpty();
  }

  @Test
  void goesOnAfterEveryPlaceWithoutLossOrRepetition() throws Exception {
    for (int i = 0; i < 6; i++) {
      cluster.write(web, at(i / 3), "web " + i);
      cluster.write(worker, at(i / 2), "worker " + i);
    }
    List<LogLine> all = FollowedLog.read(logs, app, apps());
    assertThat(all).hasSize(12);
    for (int i = 0; i < all.size(); i++) {
      LogPosition place = all.get(i).position();
      assertThat(FollowedLog.read(logs, app, apps().continuedAfter(place)))
          .as("after line %d", i)
          .isEqualTo(all.subList(i + 1, all.size()));
    }
  }

  @Test
  void hasTheLastLinesOfAContainerThatCrashed() throws Exception {
    cluster.write(web, at(1), "starting");
    cluster.write(web, at(2), "Error: boom");
    cluster.end("web", 1);
    cluster.write(web, at(3), "starting again");
    assertThat(texts(apps())).containsExactly("starting", "Error: boom", "starting again");
    assertThat(texts(apps().withTail(2))).containsExactly("Error: boom", "starting again");
  }

  @Test
  void followsThroughARestartANewPodAndABrokenConnection() throws Exception {
    long watches = cluster.podWatches();
    cluster.write(web, at(1), "before");
    cluster.write(worker, at(1), "before");
    try (FollowedLog follower = FollowedLog.start(logs, app, apps().withTail(0).withFollow(true))) {
      awaitFollowers(2);
      cluster.write(web, at(2), "one");
      assertThat(follower.next().text()).isEqualTo("one");

      cluster.breakLogs();
      cluster.write(web, at(3), "two");
      assertThat(follower.next().text()).isEqualTo("two");

      cluster.write(web, at(4), "three");
      cluster.end("web", 1);
      cluster.write(web, at(5), "four");
      assertThat(follower.next().text()).isEqualTo("three");
      assertThat(follower.next().text()).isEqualTo("four");

      adapters
          .apps()
          .apply(spec(Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 1)))
          .await((key, text) -> {});
      String second =
          cluster.all("pods").keySet().stream()
              .filter(name -> !name.equals(web) && !name.equals(worker))
              .findFirst()
              .orElseThrow();
      cluster.write(second, at(6), "five");
      assertThat(follower.next().text()).isEqualTo("five");
      assertThat(follower.isEmpty()).isTrue();
    }
    // Who has gone is noticed by the next line.
    await()
        .atMost(TIMEOUT)
        .until(() -> {
          for (String pod : cluster.all("pods").keySet()) {
            cluster.write(pod, at(7), "nobody reads it");
          }
          return cluster.all("pods").keySet().stream().mapToInt(cluster::followers).sum() == 0;
        });
    await().atMost(TIMEOUT).until(() -> cluster.podWatches() == watches);
  }

  @Test
  void asksNoPodAnyMoreWhereItsReaderHasGone() throws Exception {
    try (FollowedLog _ = FollowedLog.start(logs, app, apps().withFollow(true))) {
      await().atMost(TIMEOUT).until(() -> cluster.logRequests(web) > 1);
    }
    // Of a container that has written nothing: it is asked again every two seconds.
    int before = cluster.logRequests(web) + cluster.logRequests(worker);
    await()
        .during(Duration.ofSeconds(5))
        .atMost(TIMEOUT)
        .until(() -> cluster.logRequests(web) + cluster.logRequests(worker) == before);
  }

  @Test
  void followsOthersWhereMorePodsWriteThanItCanFollow() throws Exception {
    KubernetesApi kubernetes = cluster.api(directory);
    ProcessLogs two =
        new PodLogs(
            kubernetes,
            new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
            fixture.stores.apps(),
            fixture.stores.events(),
            fixture.signals,
            2);
    cluster.write(web, at(1), "before");
    cluster.write(worker, at(1), "before");
    try (FollowedLog follower = FollowedLog.start(two, app, apps().withTail(0).withFollow(true))) {
      awaitFollowers(2);
      adapters
          .apps()
          .apply(spec(Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 1)))
          .await((key, text) -> {});
      String third =
          cluster.all("pods").keySet().stream()
              .filter(name -> !name.equals(web) && !name.equals(worker))
              .findFirst()
              .orElseThrow();
      cluster.write(third, at(2), "waits");
      await().atMost(TIMEOUT).until(() -> follower.losses() == 1);
      adapters
          .apps()
          .apply(spec(Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 0)))
          .await((key, text) -> {});
      assertThat(follower.next().text()).isEqualTo("waits");
      assertThat(follower.losses()).isEqualTo(1);
    }
    try (FollowedLog all = FollowedLog.start(two, app, apps())) {
      assertThat(all.all()).isNotEmpty();
      assertThat(all.losses()).isZero();
    }
    kubernetes.client().close();
  }

  @Test
  void followsFromTheContainerThatFetchesTheSlugToTheApp() throws Exception {
    cluster.holdInit("worker");
    adapters
        .apps()
        .apply(spec(Formation.UNSCALED.withQuantity("worker", 0)))
        .await((key, text) -> {});
    adapters
        .apps()
        .apply(spec(Formation.UNSCALED.withQuantity("worker", 1)))
        .await((key, text) -> {});
    String starting = pod("worker");
    String fetching = SimulatedCluster.initOutput(starting, "slug");
    cluster.write(fetching, at(1), "The slug could not be fetched yet, trying again");
    assertThat(texts(apps())).containsExactly("The slug could not be fetched yet, trying again");
    try (FollowedLog follower = FollowedLog.start(logs, app, apps().withTail(0).withFollow(true))) {
      await().atMost(TIMEOUT).until(() -> cluster.followers(fetching) == 1);
      cluster.write(fetching, at(2), "and again");
      assertThat(follower.next().text()).isEqualTo("and again");
      cluster.finishInit("worker");
      cluster.write(starting, at(3), "works");
      assertThat(follower.next().text()).isEqualTo("works");
    }
  }

  @Test
  void asksAgainForTheLogOfAContainerThatHasWrittenNothing() throws Exception {
    cluster.write(web, at(1), "before");
    try (FollowedLog follower = FollowedLog.start(logs, app, apps().withTail(0).withFollow(true))) {
      await().atMost(TIMEOUT).until(() -> cluster.logRequests(worker) > 3);
      assertThat(cluster.followers(worker)).isZero();
      cluster.write(worker, at(2), "first");
      assertThat(follower.next().text()).isEqualTo("first");
      cluster.write(worker, at(3), "second");
      assertThat(follower.next().text()).isEqualTo("second");
    }
  }

  @Test
  void asksNoMoreForTheLogOfAPodThatHasEnded() throws Exception {
    cluster.write(web, at(1), "before");
    cluster.write(worker, at(2), "before");
    try (FollowedLog follower = FollowedLog.start(logs, app, apps().withTail(0).withFollow(true))) {
      awaitFollowers(2);
      cluster.finish(worker, 1);
      cluster.write(web, at(3), "after");
      assertThat(follower.next().text()).isEqualTo("after");
      AtomicInteger asked = new AtomicInteger();
      await()
          .pollInterval(Duration.ofSeconds(5))
          .atMost(TIMEOUT)
          .until(() -> {
            int now = cluster.logRequests(worker);
            return asked.getAndSet(now) == now;
          });
    }
  }

  @Test
  void saysThatLinesAreMissingWhereTheNewestNeedTooMuchMemory() throws Exception {
    String line = "x".repeat(9_000);
    for (int i = 0; i < 600; i++) {
      cluster.write(web, at(i), i + line);
    }
    try (FollowedLog most = FollowedLog.start(logs, app, ofWeb().withTail(1_000))) {
      assertThat(most.all()).hasSizeBetween(100, 500);
      assertThat(most.all().getLast().text()).isEqualTo(599 + line);
      assertThat(most.losses()).isEqualTo(1);
    }
    try (FollowedLog few = FollowedLog.start(logs, app, ofWeb().withTail(10))) {
      assertThat(few.all()).hasSize(10);
      assertThat(few.losses()).isZero();
    }
  }

  @Test
  void waitsForAReaderLongerThanForAnAnswer() throws Exception {
    String line = "x".repeat(9_000);
    for (int i = 0; i < 600; i++) {
      cluster.write(web, at(i), i + line);
    }
    CountDownLatch reads = new CountDownLatch(1);
    try (FollowedLog slow = FollowedLog.start(logs, app, ofWeb(), reads)) {
      await().atMost(TIMEOUT).pollDelay(Duration.ofSeconds(12)).until(() -> true);
      reads.countDown();
      assertThat(slow.all()).hasSize(600);
    }
  }

  @Test
  void hasThePlatformsEvents() throws Exception {
    fixture
        .stores
        .events()
        .record(app.id(), Optional.of("ada@example.com"), new AppEvent.MaintenanceOn());
    List<LogLine> lines = FollowedLog.read(logs, app, LogQuery.everything());
    LogLine last = lines.getLast();
    assertThat(last.source()).isEqualTo(LogSource.PLATFORM);
    assertThat(last.process()).isEmpty();
    assertThat(last.text()).isEqualTo("Turned maintenance on by ada@example.com");

    cluster.write(web, at(1), "before");
    cluster.write(worker, at(1), "before");
    try (FollowedLog follower = FollowedLog.start(logs, app, LogQuery.newLines())) {
      awaitFollowers(2);
      fixture.stores.events().record(app.id(), Optional.empty(), new AppEvent.MaintenanceOff());
      assertThat(follower.next().text()).isEqualTo("Turned maintenance off");
      assertThat(follower.isEmpty()).isTrue();
    }
  }
}
