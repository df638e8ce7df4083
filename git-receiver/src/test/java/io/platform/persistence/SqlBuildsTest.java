package io.platform.persistence;

import static io.platform.persistence.Fixture.COMMIT;
import static io.platform.persistence.Fixture.PUSH;
import static io.platform.persistence.Fixture.RECEIVER;
import static io.platform.persistence.Fixture.object;
import static io.platform.persistence.Fixture.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Lease;
import io.platform.domain.Origin;
import io.platform.domain.PushOption;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Builds.BuildInProgress;
import io.platform.domain.port.Topic;
import io.platform.persistence.database.Dialect;
import io.platform.persistence.database.TransactionRunner;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlBuildsTest {
  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private Builds builds;
  private App app;

  SqlBuildsTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(database, directory);
    builds = fixture.stores.builds();
    app = fixture.app("shop");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void isEndedAsAbandonedOnlyWithTheLeaseThatWasSeen() throws Exception {
    BuildEnd.Failed gone = new BuildEnd.Failed(new BuildFailureCause.PushInterrupted());
    Build seen = fixture.open(app);
    builds.renew(seen.id());
    assertThat(builds.endAbandoned(seen, gone)).isFalse();
    Build renewed = builds.find(seen.id()).orElseThrow();
    assertThat(renewed.lease()).isEqualTo(new Lease(RECEIVER, 1));
    assertThat(builds.endAbandoned(renewed, gone)).isTrue();
    assertThat(builds.endAbandoned(renewed, gone)).isFalse();
    assertThat(builds.find(seen.id()).orElseThrow().status()).isEqualTo(BuildStatus.FAILED);
    builds.settle(
        seen.id(), Build.Outcome.rejected(new DeployFailureCause.StoredSentence("Push again.")));

    Build accepted = fixture.open(app);
    builds.accept(accepted.id(), Fixture.source("source"), Instant.now());
    builds.renew(accepted.id());
    assertThat(builds.endAbandoned(accepted, gone)).isFalse();
    assertThat(builds.find(accepted.id()).orElseThrow().lease().renewals()).isZero();
  }

  @Test
  void goesThroughItsStates() throws Exception {
    Instant deadline = Instant.now().plusSeconds(900).truncatedTo(ChronoUnit.MILLIS);
    Build build = fixture.open(app);
    assertThat(build.status()).isEqualTo(BuildStatus.RECEIVING);
    assertThat(build.origin()).isEqualTo(PUSH);
    assertThat(build.lease()).isEqualTo(new Lease(RECEIVER, 0));

    builds.accept(build.id(), Fixture.source("source"), deadline);
    builds.running(build.id());
    builds.running(build.id());
    builds.accept(build.id(), Fixture.source("another"), deadline);
    Build running = builds.find(build.id()).orElseThrow();
    assertThat(running.status()).isEqualTo(BuildStatus.RUNNING);
    assertThat(running.source()).contains(Fixture.source("source"));
    assertThat(running.deadline()).contains(deadline);
    assertThat(builds.unsettled(app.id())).contains(running);

    builds.end(build.id(), new BuildEnd.Failed(new BuildFailureCause.Reported(31, "npm failed")));
    builds.settle(
        build.id(), Build.Outcome.rejected(new DeployFailureCause.StoredSentence("npm failed")));
    Build settled = builds.find(build.id()).orElseThrow();
    assertThat(settled.status()).isEqualTo(BuildStatus.FAILED);
    assertThat(settled.exitCode()).contains(31);
    assertThat(settled.failure()).contains(new BuildFailureCause.Reported(31, "npm failed"));
    assertThat(settled.outcome())
        .contains(Build.Outcome.rejected(new DeployFailureCause.StoredSentence("npm failed")));
    assertThat(builds.unsettled()).isEmpty();
  }

  @Test
  void losesTheWebProcessOnlyWhereThePushSaysSo() throws Exception {
    Release live = fixture.deployLive(app);
    Build silent = fixture.open(app);
    Build refused = builds.end(silent.id(), withoutWeb(silent)).build();
    assertThat(refused.status()).isEqualTo(BuildStatus.FAILED);
    assertThat(refused.exitCode()).contains(SlugExitCode.WEB_LOST.code());
    assertThat(refused.failure()).contains(new BuildFailureCause.WebLost());
    assertThat(refused.release()).isEmpty();
    assertThat(fixture.read(app).desired()).contains(live.version());
    builds.settle(
        silent.id(), Build.Outcome.rejected(new DeployFailureCause.StoredSentence("no web")));

    Origin.Push push = (Origin.Push) PUSH;
    Build told =
        builds.open(
            app.id(),
            new Origin.Push(
                push.ref(), push.oldCommit(), push.commit(), push.by(), Set.of(PushOption.NO_WEB)),
            RECEIVER);
    Build released = builds.end(told.id(), withoutWeb(told)).build();
    assertThat(released.status()).isEqualTo(BuildStatus.SUCCEEDED);
    assertThat(released.release()).isPresent();
  }

  private static BuildEnd withoutWeb(Build build) {
    BuildEnd.Succeeded succeeded = succeeded(build);
    return new BuildEnd.Succeeded(
        succeeded.artifact(),
        succeeded.cache(),
        succeeded.buildpack(),
        new ProcessTypes(Map.of("worker", "node worker.js")));
  }

  @Test
  void holdsTheLockUntilItIsSettled() throws Exception {
    Build first = fixture.open(app);
    assertThatThrownBy(() -> fixture.open(app))
        .isInstanceOfSatisfying(
            BuildInProgress.class, e -> assertThat(e.running().id()).isEqualTo(first.id()));
    assertThat(fixture.open(fixture.app("other")).status()).isEqualTo(BuildStatus.RECEIVING);

    builds.end(first.id(), new BuildEnd.Canceled("ada@example.com"));
    assertThatThrownBy(() -> fixture.open(app)).isInstanceOf(BuildInProgress.class);
    builds.settle(
        first.id(), Build.Outcome.rejected(new DeployFailureCause.StoredSentence("canceled")));
    Build second = fixture.open(app);
    assertThat(builds.list(app.id(), 10))
        .extracting(Build::id)
        .containsExactly(second.id(), first.id());
    assertThat(builds.list(app.id(), 1)).extracting(Build::id).containsExactly(second.id());
  }

  @Test
  void givesTheLockToOneOfManyInTwoProcesses() throws Exception {
    try (Fixture other = new Fixture(database, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> pushes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Fixture receiver = i % 2 == 0 ? fixture : other;
        pushes.add(() -> opens(receiver));
      }
      List<Boolean> won = new ArrayList<>();
      for (Future<Boolean> push : threads.invokeAll(pushes)) {
        won.add(push.get());
      }
      assertThat(won).filteredOn(w -> w).hasSize(1);
      assertThat(builds.list(app.id(), 50)).hasSize(1);
    }
  }

  private boolean opens(Fixture receiver) {
    try {
      receiver.open(app);
      return true;
    } catch (BuildInProgress e) {
      return false;
    }
  }

  @Test
  void theIndexAloneForbidsASecondUnsettledBuild() throws Exception {
    Build build = fixture.open(app);
    try (Dialect dialect = SqlStores.engine(database.at(directory), fixture.signals);
        TransactionRunner raw = new TransactionRunner(dialect, fixture.signals)) {
      assertThatThrownBy(() ->
              raw.write(tx ->
                  tx.sql()
                      .execute(
                          "INSERT INTO build (id, app_id, origin, by_whom, owner, status, log_size,"
                              + " created_at) SELECT 'second', app_id, origin, by_whom, owner,"
                              + " status, 0, created_at FROM build WHERE id = ?",
                          build.id().value())))
          .isInstanceOf(UnableToExecuteStatementException.class)
          .hasMessageMatching("(?is).*unique constraint.*");
    }
  }

  @Test
  void endsOnceTheFirstWins() throws Exception {
    Build build = fixture.open(app);
    try (Fixture other = new Fixture(database, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Builds mine = (i % 2 == 0 ? fixture : other).stores.builds();
        BuildEnd end =
            i % 3 == 0
                ? succeeded(build)
                : new BuildEnd.Failed(new BuildFailureCause.StoredSentence("lost by " + i));
        ends.add(() -> mine.end(build.id(), end).first());
      }
      int first = 0;
      for (Future<Boolean> end : threads.invokeAll(ends)) {
        first += end.get() ? 1 : 0;
      }
      assertThat(first).isEqualTo(1);
    }
    Build ended = builds.find(build.id()).orElseThrow();
    assertThat(fixture.stores.releases().list(app.id(), 9))
        .hasSize(ended.status() == BuildStatus.SUCCEEDED ? 1 : 0);
  }

  @Test
  void aSuccessMakesTheReleaseInTheSameTransaction() throws Exception {
    fixture.configure(app, "COLOR", "blue");
    Build build = fixture.open(app);
    Builds.Ended ended = builds.end(build.id(), succeeded(build));
    assertThat(ended.first()).isTrue();
    assertThat(ended.build().release()).contains(new ReleaseVersion(1));
    Release release = fixture.stores.releases().find(app.id(), new ReleaseVersion(1)).orElseThrow();
    assertThat(release.cause()).isEqualTo(new ReleaseCause.Deploy(build.origin().commitId()));
    assertThat(release.commit()).contains(COMMIT);
    assertThat(release.build()).contains(build.id());
    assertThat(release.config().vars()).containsEntry("COLOR", "blue");
    assertThat(release.processTypes()).isEqualTo(Fixture.WEB);
    assertThat(fixture.read(app).desired()).contains(new ReleaseVersion(1));
    assertThat(fixture.read(app).live()).isEmpty();
    assertThat(builds.cache(app.id())).contains(object("cache/" + build.id()));
  }

  @Test
  void aRepeatedReportGetsTheSameRelease() throws Exception {
    Build build = fixture.open(app);
    builds.end(build.id(), succeeded(build));
    Builds.Ended again = builds.end(build.id(), succeeded(build));
    assertThat(again.first()).isFalse();
    assertThat(again.build().release()).contains(new ReleaseVersion(1));
    assertThat(fixture.stores.releases().list(app.id(), 9)).hasSize(1);
  }

  @Test
  void aLateReportChangesNothing() throws Exception {
    Build build = fixture.open(app);
    builds.end(build.id(), new BuildEnd.TimedOut(Duration.ofMinutes(15), Duration.ZERO));
    Builds.Ended late = builds.end(build.id(), succeeded(build));
    assertThat(late.first()).isFalse();
    assertThat(late.build().status()).isEqualTo(BuildStatus.TIMED_OUT);
    assertThat(late.build().failure())
        .contains(new BuildFailureCause.TimeLimit(Duration.ofMinutes(15), Duration.ZERO));
    assertThat(fixture.stores.releases().list(app.id(), 9)).isEmpty();
  }

  @Test
  void acceptsAndRunsNothingThatHasEnded() throws Exception {
    Build build = fixture.open(app);
    builds.end(build.id(), new BuildEnd.Canceled("ada@example.com"));
    builds.accept(build.id(), Fixture.source("source"), Instant.now());
    builds.running(build.id());
    assertThat(builds.find(build.id()).orElseThrow().status()).isEqualTo(BuildStatus.CANCELED);
  }

  @Test
  void isNotSettledBeforeItHasEnded() throws Exception {
    Build build = fixture.open(app);
    assertThatThrownBy(() -> builds.settle(build.id(), Build.Outcome.ofDeployed()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has not ended");
  }

  @Test
  void signalsComeAfterTheCommit() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    fixture.signals.listen(topic -> seen.add(see(topic)));
    Build build = fixture.open(app);
    builds.end(build.id(), succeeded(build));
    assertThat(seen).containsExactly("build receiving", "build succeeded", "app wants v1");
  }

  private String see(Topic topic) {
    return switch (topic) {
      case Topic.BuildChanged(BuildId id) ->
          "build " + builds.find(id).orElseThrow().status().word();
      case Topic.Anything() -> "anything";
      case Topic.AppChanged(AppId id) ->
          "app wants " + fixture.stores.apps().find(id).orElseThrow().desired().orElseThrow();
    };
  }
}
