package io.platform.build.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.build.LeaseConfig;
import io.platform.build.StoredBuilds;
import io.platform.build.SupervisorConfig;
import io.platform.build.TestGit;
import io.platform.build.maintenance.LogArchiver;
import io.platform.domain.App;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.BuilderNotice;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.ExitDetail;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.StartDelay;
import io.platform.domain.StoredObject;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Topic;
import io.platform.failure.FailureMessages;
import io.platform.receiver.BuildSupervision;
import io.platform.release.ReleaseConfig;
import io.platform.release.ReleaseController;
import io.platform.slug.Blob;
import io.platform.slug.BuildReport;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SteadyClock;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildSupervisorTest {
  @TempDir Path data;

  private TestPlatform platform;
  private TestGit git;
  private BuildSupervision supervision;
  private ReleaseController rollouts;
  private App app;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    git = new TestGit(data.resolve("repos"));
    app = platform.app("shop");
    rollouts =
        new ReleaseController(
            ReleaseConfig.defaults(platform.base),
            platform.stores,
            platform.runtime,
            platform.commands,
            platform.tokens);
    rollouts.start();
    supervision = supervision(Duration.ofSeconds(30));
  }

  private BuildSupervision supervision(Duration lostAfter) {
    return supervision(lostAfter, Duration.ofMinutes(15));
  }

  private BuildSupervision supervision(Duration lostAfter, Duration buildTime) {
    return supervision(lostAfter, buildTime, InstantSource.system());
  }

  private BuildSupervision supervision(
      Duration lostAfter, Duration buildTime, InstantSource clock) {
    SupervisorConfig config =
        new SupervisorConfig(
            platform.base,
            buildTime,
            lostAfter,
            Duration.ofDays(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(10),
            new LeaseConfig(Duration.ofSeconds(30), LeaseConfig.Receivers.ONE));
    return new BuildSupervision(
        config,
        platform.services(platform.stores),
        git.repositories(),
        platform.runner,
        platform.follower,
        platform.urls,
        new BuildSupervision.Clocks(clock, SteadyClock.system()));
  }

  @AfterEach
  void stop() {
    supervision.close();
    rollouts.close();
    git.close();
    platform.close();
  }

  private BuildId pushed() throws IOException {
    BuildId id = platform.accepted(app, git.push(app), Instant.now().plus(Duration.ofMinutes(15)));
    git.repositories().pin(app, id, platform.row(id).origin().commitId().orElseThrow());
    return id;
  }

  private void succeed(BuildId id) {
    StoredObject slug = platform.store(platform.keys.slug(app, id), "slug");
    platform
        .stores
        .builds()
        .end(
            id,
            new BuildEnd.Succeeded(
                new Artifact.Slug(slug),
                Optional.empty(),
                "Node.js",
                new ProcessTypes(Map.of("web", "node index.js"))));
  }

  @Test
  void deploysAPushWhoseBuildSucceedsAndWhoseReleaseComesUp() throws Exception {
    platform.stores.releases().reconfigure(app.id(), Map.of("A", Optional.of("1")), "dev");
    BuildId id = pushed();
    supervision.start();
    BuildSpec spec = platform.runner.launched();
    assertThat(spec.id()).isEqualTo(id);
    assertThat(spec.config().vars()).isEqualTo(Map.of("A", "1"));
    succeed(id);
    Build settled = platform.settled(id);
    assertThat(settled.outcome()).contains(Build.Outcome.ofDeployed());
    assertThat(git.branch(app)).isEqualTo(settled.origin().commitId());
    assertThat(git.pins(app)).isEmpty();
    assertThat(platform.log(id))
        .isEqualTo(
            """
            -----> Starting v1
                   Starting process with command `./start`
            -----> Released v1, running at %s
            """
                .formatted(platform.urls.app(app)));
    assertThat(platform.stores.builds().unsettled(app.id())).isEmpty();
  }

  @Test
  void rejectsAPushWhoseReleaseDoesNotComeUpAndSaysWhy() throws Exception {
    platform.runtime.script(r ->
        CompletableFuture.completedFuture(
            new RolloutEnd.Failed(
                new ReleaseFailureCause.StoredSentence("It did not listen on PORT within 60 s."),
                List.of("listening on 3000"))));
    BuildId id = pushed();
    supervision.start();
    succeed(id);
    Build settled = platform.settled(id);
    assertThat(settled.outcome().map(Build.Outcome::deployed)).contains(false);
    assertThat(git.branch(app)).isEmpty();
    assertThat(git.pins(app)).isEmpty();
    assertThat(platform.log(id))
        .isEqualTo(
            """
            -----> Starting v1
                   Starting process with command `./start`
                   The app's last lines:
                     listening on 3000
             !     v1 did not come up: It did not listen on PORT within 60 s.
            """);
  }

  @Test
  void whatRanBeforeGoesOnWhereTheNextReleaseDoesNotComeUp() throws Exception {
    supervision.start();
    BuildId first = pushed();
    supervision.supervisor().supervise(first);
    succeed(first);
    platform.settled(first);
    platform.runtime.script(r ->
        CompletableFuture.completedFuture(
            new RolloutEnd.Failed(
                new ReleaseFailureCause.StoredSentence("It ended with exit code 1."), List.of())));
    BuildId second = pushed();
    supervision.supervisor().supervise(second);
    succeed(second);
    Build settled = platform.settled(second);
    assertThat(settled.outcome().flatMap(Build.Outcome::failure).map(FailureMessages::of))
        .contains("v2 did not come up: It ended with exit code 1.\nv1 keeps running.");
    assertThat(git.branch(app)).isEqualTo(platform.row(first).origin().commitId());
  }

  @Test
  void rejectsAFailedBuildWithItsMessageAndStopsTheBuilder() throws Exception {
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    platform
        .stores
        .builds()
        .end(
            id,
            new BuildEnd.Failed(new BuildFailureCause.Reported(30, "npm ci failed.\nSee above.")));
    Build settled = platform.settled(id);
    assertThat(settled.outcome())
        .contains(
            Build.Outcome.rejected(
                new DeployFailureCause.BuildFailed(settled.failure().orElseThrow())));
    assertThat(platform.log(id)).isEqualTo(" !     npm ci failed.\n !     See above.\n");
    assertThat(platform.runner.canceled(id)).isTrue();
    assertThat(git.branch(app)).isEmpty();
  }

  @Test
  void endsABuildAtTheDeadlineInTheDatabase() throws Exception {
    supervision.close();
    supervision = supervision(Duration.ofSeconds(30), Duration.ofMillis(200));
    BuildId id = platform.accepted(app, git.push(app), Instant.now());
    supervision.start();
    Build settled = platform.settled(id);
    assertThat(settled.status()).isEqualTo(BuildStatus.TIMED_OUT);
    assertThat(platform.log(id)).startsWith(" !     The build took longer than the");
    assertThat(platform.runner.canceled(id)).isTrue();
  }

  @Test
  void givesABuildNoMoreThanItsTimeWhereItsReceiverHadAnotherClock() throws Exception {
    supervision.close();
    supervision =
        supervision(
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            () -> Instant.now().minus(Duration.ofHours(1)));
    BuildId id = platform.accepted(app, git.push(app), Instant.now().plusSeconds(2));
    supervision.start();
    assertThat(platform.settled(id).status()).isEqualTo(BuildStatus.TIMED_OUT);
  }

  @Test
  void endsNoBuildBecauseTheClockIsSet() throws Exception {
    AtomicReference<Duration> set = new AtomicReference<>(Duration.ZERO);
    supervision.close();
    supervision =
        supervision(
            Duration.ofSeconds(30), Duration.ofMinutes(15), () -> Instant.now().plus(set.get()));
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    platform.runner.tell(new BuilderEvent.Started(id));
    set.set(Duration.ofDays(2));
    platform.runner.tell(new BuilderEvent.Noticed(id, "set", new BuilderNotice.Queued(1)));
    platform.logged(id, "Waiting for another build to finish\n");
    set.set(Duration.ofDays(-2));
    platform.runner.tell(new BuilderEvent.Noticed(id, "back", new BuilderNotice.Queued(2)));
    platform.logged(id, "(2 run at a time)");
    succeed(id);
    assertThat(platform.settled(id).outcome()).contains(Build.Outcome.ofDeployed());
  }

  @Test
  void tellsThatABuilderIsSilentAndEndsItAtItsDeadline() throws Exception {
    BuildId id = platform.accepted(app, git.push(app), Instant.now().plusSeconds(4));
    supervision.start();
    platform.runner.launched();
    platform.runner.tell(new BuilderEvent.Started(id));
    Build settled = platform.settled(id);
    assertThat(settled.status()).isEqualTo(BuildStatus.TIMED_OUT);
    assertThat(platform.log(id))
        .containsOnlyOnce("       Nothing from the build for ")
        .contains("to end it now: platform builds cancel " + id)
        .contains("It had written nothing for ");
    assertThat(platform.runner.canceled(id)).isTrue();
  }

  @Test
  void buildsAnAcceptedPushThoughItsDeadlinePassedWhileNoServerRan() throws Exception {
    BuildId id = platform.accepted(app, git.push(app), Instant.now().minusSeconds(3600));
    supervision.start();
    platform.runner.launched();
    succeed(id);
    assertThat(platform.settled(id).outcome()).contains(Build.Outcome.ofDeployed());
  }

  @Test
  void endsABuildWhoseBuilderDiedByItsExitCode() throws Exception {
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    platform.runner.tell(
        new BuilderEvent.Exited(id, 137, Optional.empty(), new ExitDetail.OutOfMemory("512Mi")));
    Build settled = platform.settled(id);
    assertThat(settled.status()).isEqualTo(BuildStatus.FAILED);
    assertThat(settled.exitCode()).contains(137);
    assertThat(platform.log(id))
        .startsWith(
            " !     The build ended without a result: it needed more memory than the 512 MiB that a"
                + " build may have.");
  }

  @Test
  void givesUpABuilderThatEndedWithoutAWord() throws Exception {
    supervision.close();
    supervision = supervision(Duration.ofMillis(200));
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    platform.runner.tell(
        new BuilderEvent.Exited(id, 0, Optional.empty(), new ExitDetail.Unknown()));
    Build settled = platform.settled(id);
    assertThat(settled.status()).isEqualTo(BuildStatus.FAILED);
    assertThat(settled.failure().map(FailureMessages::of).orElseThrow())
        .contains("never arrived")
        .contains("Push again");
  }

  @Test
  void takesTheReportThatABuilderLeftBehindWhenNobodyHeardIt() throws Exception {
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    StoredObject slug = platform.store(platform.keys.slug(app, id), "slug");
    platform.runner.tell(
        new BuilderEvent.Exited(
            id,
            60,
            Optional.of(report(id, slug.size(), slug.sha256().hex())),
            new ExitDetail.Unknown()));
    assertThat(platform.settled(id).outcome()).contains(Build.Outcome.ofDeployed());
  }

  @Test
  void refusesALeftReportThatNamesWhatIsNotStored() throws Exception {
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    platform.runner.tell(
        new BuilderEvent.Exited(
            id, 60, Optional.of(report(id, 4, "a".repeat(64))), new ExitDetail.Unknown()));
    Build settled = platform.settled(id);
    assertThat(settled.status()).isEqualTo(BuildStatus.FAILED);
    assertThat(settled.failure().map(FailureMessages::of).orElseThrow())
        .contains("No slug is stored for this build");
  }

  private static BuildReport report(BuildId id, long size, String sha256) {
    return new BuildReport.Succeeded(
        id.value(),
        new Blob(size, sha256),
        Optional.empty(),
        "Node.js",
        "platform-1",
        new ProcessTypes(Map.of("web", "node .")),
        100);
  }

  @Test
  void saysWhyABuilderCouldNotBeLaunched() throws Exception {
    platform.runner.failLaunches(new BuildFailureCause.PodRefused("no image"));
    BuildId id = pushed();
    supervision.start();
    assertThat(platform.settled(id).failure())
        .contains(new BuildFailureCause.PodRefused("no image"));
    assertThat(platform.log(id))
        .isEqualTo(
            " !     The build could not be started: Kubernetes refused its pod (no image). This is"
                + " not your app's fault: contact your administrator.\n");
  }

  @Test
  void saysWhyABuilderThatWaitedCouldNotBeLaunched() throws Exception {
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    platform.runner.tell(new BuilderEvent.LaunchFailed(id, new BuildFailureCause.MachineFailed()));
    assertThat(platform.settled(id).failure()).contains(new BuildFailureCause.MachineFailed());
    assertThat(platform.log(id))
        .isEqualTo(
            " !     The build could not be started on this machine. Try again; if this keeps"
                + " failing, contact your administrator.\n");
  }

  @Test
  void tellsWhatTheRunnerNoticedOnce() throws Exception {
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    BuilderEvent notice =
        new BuilderEvent.Noticed(
            id, "pulling", new BuilderNotice.Delayed(new StartDelay.PullingImage()));
    platform.runner.tell(notice);
    platform.runner.tell(notice);
    succeed(id);
    platform.settled(id);
    assertThat(platform.log(id))
        .containsOnlyOnce("       Pulling the image: the node does not have it yet\n");
  }

  @Test
  void launchesARunningBuildAgainAfterARestartAndSaysSo() throws Exception {
    BuildId id = pushed();
    platform.stores.builds().running(id);
    supervision.start();
    platform.runner.launched();
    succeed(id);
    platform.settled(id);
    assertThat(platform.log(id))
        .startsWith("-----> The server was restarted: the build begins again");
  }

  @Test
  void findsABuilderThatOutlivedTheServer() throws Exception {
    BuildId id = pushed();
    platform.stores.builds().running(id);
    platform.runner.tell(new BuilderEvent.Started(id));
    supervision.start();
    succeed(id);
    platform.settled(id);
    assertThat(platform.runner.launchesLeft()).isZero();
    assertThat(platform.log(id)).doesNotContain("restarted");
  }

  @Test
  void failsAPushThatWasBeingReceivedWhenTheServerStopped() throws Exception {
    BuildId id = platform.received(app, git.push(app)).id();
    git.repositories().pin(app, id, platform.row(id).origin().commitId().orElseThrow());
    platform.store(platform.keys.source(app, id), "source");
    supervision.start();
    Build settled = platform.settled(id);
    assertThat(settled.status()).isEqualTo(BuildStatus.FAILED);
    assertThat(platform.log(id))
        .isEqualTo(" !     The server was restarted while it received your push: push again.\n");
    assertThat(git.pins(app)).isEmpty();
    assertThat(platform.objects.store().stat(platform.keys.source(app, id))).isEmpty();
  }

  @Test
  void deletesADestroyedAppWhollyWhileItIsBuilt() throws Exception {
    BuildId id = pushed();
    supervision.start();
    platform.runner.launched();
    platform.stores.apps().destroy(app.id());
    platform.await(
        new Topic.AppChanged(app.id()),
        () ->
            platform.stores.apps().find(app.id()).isEmpty() ? Optional.of(true) : Optional.empty());
    assertThat(platform.runner.canceled(id)).isTrue();
    assertThat(platform.runtime.removed(app.id())).isTrue();
    assertThat(git.exists(app)).isFalse();
    try (var left = platform.objects.store().list(platform.keys.app(app))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void archivesClosedLogsByteForByte() throws Exception {
    BuildId id = pushed();
    supervision.start();
    succeed(id);
    platform.settled(id);
    String log = platform.log(id);
    LogArchiver archiver =
        new LogArchiver(
            platform.stores.apps(),
            platform.stores.builds(),
            platform.stores.log(),
            new StoredBuilds(platform.objects.store(), platform.keys),
            platform.follower);
    List<Build> due = archiver.due(Instant.now().plusSeconds(1));
    assertThat(due).extracting(Build::id).containsExactly(id);
    archiver.archive(due.getFirst());
    String key = platform.row(id).archivedLog().orElseThrow();
    try (var in = platform.objects.store().open(key, 0)) {
      assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo(log);
    }
    assertThat(platform.stores.builds().unarchived(Instant.now().plusSeconds(1))).isEmpty();
  }
}
