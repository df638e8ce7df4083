package io.platform.kubernetes.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.ExitDetail;
import io.platform.domain.Formation;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.ReleaseCommandProgress;
import io.platform.domain.port.RunSpec;
import io.platform.failure.ProgressMessages;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.SimulatedCluster;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.desired.AppSettings;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.slug.ProcessTypes;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Release commands on a cluster that is simulated. */
@Timeout(60)
class PodReleaseCommandsTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir Path directory;
  private SimulatedCluster cluster;
  private KubernetesAdapters adapters;

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
  }

  private void reopen(Duration boot, Duration grace) throws Exception {
    adapters.close();
    AppSettings apps = AppSettings.defaults(ContainerProgram.of("runner:1", "runner"));
    ClusterConfig config =
        ClusterConfig.of(
            new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
            ContainerProgram.of("runner:1", "builder"),
            apps.program());
    adapters =
        KubernetesAdapters.open(
            config
                .with(cluster.kubeconfig(directory))
                .with(
                    new AppSettings(
                        apps.program(),
                        apps.resources(),
                        apps.appSize(),
                        apps.tmpSize(),
                        apps.port(),
                        apps.steady(),
                        apps.boot(),
                        apps.drain(),
                        grace,
                        apps.ingress()))
                .with(
                    new ClusterConfig.Times(
                        config.times().stuck(),
                        boot,
                        config.times().rollout(),
                        config.times().keepSucceeded(),
                        config.times().keepFailed())));
  }

  @AfterEach
  void stop() {
    adapters.close();
    cluster.close();
  }

  @Test
  void areFoundAgainByANewDeployerWithAllTheirLines() throws Exception {
    cluster.write("shop-v3-release", Instant.now(), "migrating");
    RecordedProgress first = new RecordedProgress();
    FutureTask<Optional<ReleaseFailureCause>> killed =
        new FutureTask<>(() ->
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, false, LIMIT, first));
    Thread.ofVirtual().start(killed);
    assertThat(first.lines.take()).isEqualTo("migrating");
    killed.cancel(true);

    cluster.write("shop-v3-release", Instant.now(), "migrated");
    cluster.finish("shop-v3-release", 0);
    RecordedProgress second = new RecordedProgress();
    assertThat(
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, true, LIMIT, second))
        .isEmpty();
    assertThat(second.lines).containsExactly("migrating", "migrated");
    assertThat(first.starts.get()).isEqualTo(1);
    assertThat(cluster.history()).containsExactly("POST shop-v3-release");
    assertThat(adapters.states().of(spec(3).app())).isEmpty();
  }

  @Test
  void failWithTheirExitCode() throws Exception {
    RecordedProgress progress = new RecordedProgress();
    FutureTask<Optional<ReleaseFailureCause>> run =
        new FutureTask<>(() ->
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, false, LIMIT, progress));
    cluster.write("shop-v3-release", Instant.now(), "no such table");
    Thread.ofVirtual().start(run);
    progress.lines.take();
    cluster.finish("shop-v3-release", 3);
    assertThat(run.get())
        .contains(new ReleaseFailureCause.ReleaseCommandFailed(3, new ExitDetail.Unknown()));
  }

  @Test
  void failWhereTheirSlugIsNotThereAndSayWhy() throws Exception {
    cluster.failInit("release", 103, "The slug could not be fetched");
    RecordedProgress progress = new RecordedProgress();
    assertThat(
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, false, LIMIT, progress))
        .contains(new ReleaseFailureCause.ReleaseCommandFailed(103, new ExitDetail.Unknown()));
    assertThat(progress.lines).containsExactly("The slug could not be fetched");
  }

  @Test
  void beginWhenTheirSlugIsThere() throws Exception {
    cluster.holdInit("release");
    cluster.write("shop-v3-release", Instant.now(), "migrating");
    RecordedProgress progress = new RecordedProgress();
    FutureTask<Optional<ReleaseFailureCause>> run =
        new FutureTask<>(() ->
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, false, LIMIT, progress));
    Thread.ofVirtual().start(run);
    assertThat(progress.events.take()).contains("starts on node node-1");
    assertThat(progress.lines).isEmpty();
    cluster.finishInit("release");
    assertThat(progress.lines.take()).isEqualTo("migrating");
    cluster.finish("shop-v3-release", 0);
    assertThat(run.get()).isEmpty();
  }

  @Test
  void areNotStartedTwiceWhereTheirPodIsGone() throws Exception {
    assertThat(
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, true, LIMIT, new RecordedProgress()))
        .contains(new ReleaseFailureCause.ReleaseCommandInterrupted());
    assertThat(cluster.history()).isEmpty();
  }

  @Test
  void endWhereTheyAreStopped() throws Exception {
    RecordedProgress progress = new RecordedProgress();
    FutureTask<Optional<ReleaseFailureCause>> run =
        new FutureTask<>(() ->
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, false, LIMIT, progress));
    cluster.write("shop-v3-release", Instant.now(), "waits");
    Thread.ofVirtual().start(run);
    progress.lines.take();
    adapters.releaseCommands().stop(spec(3).app(), spec(3).release().id());
    assertThat(run.get()).contains(new ReleaseFailureCause.ReleaseCommandInterrupted());
  }

  @Test
  void waitForTheOneOfTheReleaseBefore() throws Exception {
    RecordedProgress first = new RecordedProgress();
    cluster.write("shop-v3-release", Instant.now(), "waits");
    cluster.write("shop-v4-release", Instant.now(), "migrates");
    FutureTask<Optional<ReleaseFailureCause>> before =
        new FutureTask<>(() ->
            adapters
                .releaseCommands()
                .run(spec(3), ReleaseCommandKind.RELEASE, false, LIMIT, first));
    Thread.ofVirtual().start(before);
    first.lines.take();
    before.cancel(true);
    RecordedProgress progress = new RecordedProgress();
    FutureTask<Optional<ReleaseFailureCause>> run =
        new FutureTask<>(() ->
            adapters
                .releaseCommands()
                .run(spec(4), ReleaseCommandKind.RELEASE, false, LIMIT, progress));
    Thread.ofVirtual().start(run);
    assertThat(progress.events.take()).contains("Waiting for the release command");
    cluster.finish("shop-v3-release", 0);
    progress.lines.take();
    cluster.finish("shop-v4-release", 0);
    assertThat(run.get()).isEmpty();
    assertThat(cluster.history())
        .containsExactly("POST shop-v3-release", "DELETE release pod", "POST shop-v4-release");
  }

  @Test
  void haveNoLinesOfTheApiServersOwn() throws Exception {
    RecordedProgress progress = new RecordedProgress();
    cluster.refuseLogs(true);
    cluster.write("shop-v3-release", Instant.now(), "migrating");
    FutureTask<Optional<ReleaseFailureCause>> run = start(spec(3), LIMIT, progress);
    await().until(() -> cluster.logRequests("shop-v3-release") > 0);
    cluster.refuseLogs(false);
    assertThat(progress.lines.take()).isEqualTo("migrating");
    cluster.finish("shop-v3-release", 0);
    assertThat(run.get()).isEmpty();
    assertThat(progress.lines).isEmpty();
  }

  @Test
  void sayOnceThatThereIsNoRoom() throws Exception {
    RecordedProgress progress = new RecordedProgress();
    cluster.withoutRoom("0/3 nodes are available: 3 Insufficient memory.");
    FutureTask<Optional<ReleaseFailureCause>> run = start(spec(3), LIMIT, progress);
    assertThat(progress.events.take()).contains("Insufficient memory");
    cluster.withoutRoom("0/4 nodes are available: 4 Insufficient memory.");
    cluster.update("shop-v3-release");
    cluster.withoutContainers("ErrImagePull");
    cluster.update("shop-v3-release");
    assertThat(progress.events.take()).contains("image");
    cluster.withoutContainers("ImagePullBackOff");
    cluster.update("shop-v3-release");
    cluster.withRoom();
    cluster.update("shop-v3-release");
    cluster.finish("shop-v3-release", 0);
    assertThat(run.get()).isEmpty();
    assertThat(progress.events).isEmpty();
  }

  @Test
  void endOneOfTheReleaseBeforeThatNeverBegan() throws Exception {
    reopen(Duration.ofMillis(10), Duration.ofMillis(10));
    cluster.withoutRoom("0/3 nodes are available: 3 Insufficient memory.");
    RecordedProgress first = new RecordedProgress();
    FutureTask<Optional<ReleaseFailureCause>> before = start(spec(3), LIMIT, first);
    first.events.take();
    before.cancel(true);
    cluster.withRoom();
    cluster.write("shop-v4-release", Instant.now(), "migrates");
    RecordedProgress progress = new RecordedProgress();
    FutureTask<Optional<ReleaseFailureCause>> run = start(spec(4), Duration.ofSeconds(1), progress);
    assertThat(progress.events.take()).contains("Waiting for the release command");
    assertThat(progress.lines.take()).isEqualTo("migrates");
    cluster.finish("shop-v4-release", 0);
    assertThat(run.get()).isEmpty();
    assertThat(cluster.history())
        .containsExactly("POST shop-v3-release", "DELETE release pod", "POST shop-v4-release");
  }

  private FutureTask<Optional<ReleaseFailureCause>> start(
      RunSpec spec, Duration limit, RecordedProgress progress) {
    FutureTask<Optional<ReleaseFailureCause>> run =
        new FutureTask<>(() ->
            adapters
                .releaseCommands()
                .run(spec, ReleaseCommandKind.RELEASE, false, limit, progress));
    Thread.ofVirtual().start(run);
    return run;
  }

  /** What a test hears. */
  private static final class RecordedProgress implements ReleaseCommandProgress {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicInteger starts = new AtomicInteger();

    @Override
    public void started() {
      starts.incrementAndGet();
    }

    @Override
    public void event(String key, RolloutNotice notice) {
      if (keys.add(key)) {
        events.add(ProgressMessages.of(notice));
      }
    }

    @Override
    public void output(String line) {
      lines.add(line);
    }
  }

  private static RunSpec spec(int version) {
    ProcessTypes types = new ProcessTypes(Map.of("web", "serve", "release", "migrate"));
    return spec(version, types, Formation.UNSCALED, Restarts.NONE);
  }

  private static RunSpec spec(
      int version, ProcessTypes types, Formation formation, Restarts restarts) {
    App app =
        AppBuilder.of("1hc0e2w000app", "customer", "acme", "shop")
            .desired(Optional.of(new ReleaseVersion(version)))
            .live(version == 1 ? Optional.empty() : Optional.of(new ReleaseVersion(version - 1)))
            .formation(formation)
            .restarts(restarts)
            .build();
    Release release =
        ReleaseBuilder.of("release" + version, app.id(), version).processTypes(types).build();
    return new RunSpec(app, release, "token", URI.create("http://git-receiver"));
  }
}
