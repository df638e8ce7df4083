package io.platform.persistence;

import static io.platform.persistence.Fixture.LIVE;
import static io.platform.persistence.Fixture.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.DesiredState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RollbackRule.Refusal;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Releases.NoRollback;
import io.platform.domain.port.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlReleasesTest {
  private static final String ADA = "ada@example.com";

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private Releases releases;
  private App app;

  SqlReleasesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(database, directory);
    releases = fixture.stores.releases();
    app = fixture.app("shop");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ReleaseVersion v(int number) {
    return new ReleaseVersion(number);
  }

  private Release.Status status(int version) {
    return releases.find(app.id(), v(version)).orElseThrow().status();
  }

  @Test
  void aReleaseThatComesUpIsLive() throws Exception {
    Release release = fixture.deploy(app);
    DesiredState before = releases.desiredState(app.id());
    assertThat(before.desired()).contains(release);
    assertThat(before.live()).isEmpty();
    var ticket = fixture.signals.ticket(new Topic.BuildChanged(release.build().orElseThrow()));
    releases.rolledOut(app.id(), release.version(), LIVE);
    assertThat(ticket.await(Duration.ZERO)).isTrue();
    DesiredState after = releases.desiredState(app.id());
    assertThat(after.live()).isEqualTo(after.desired());
    assertThat(status(1)).isEqualTo(Release.Status.LIVE);
  }

  @Test
  void aReleaseThatDoesNotComeUpGivesWay() throws Exception {
    fixture.deployLive(app);
    fixture.deploy(app);
    releases.rolledOut(app.id(), v(2), failed("it listens on no port"));
    assertThat(fixture.read(app).desired()).contains(v(1));
    assertThat(fixture.read(app).live()).contains(v(1));
    Release release = releases.find(app.id(), v(2)).orElseThrow();
    assertThat(release.status()).isEqualTo(Release.Status.FAILED);
    assertThat(release.failure())
        .contains(new ReleaseFailureCause.StoredSentence("it listens on no port"));
  }

  @Test
  void aFirstReleaseThatDoesNotComeUpLeavesNothingToRun() throws Exception {
    fixture.deploy(app);
    releases.rolledOut(app.id(), v(1), failed("it exits"));
    assertThat(releases.desiredState(app.id()).desired()).isEmpty();
  }

  @Test
  void aRolloutEndsOnce() throws Exception {
    fixture.deployLive(app);
    releases.rolledOut(app.id(), v(1), failed("much later"));
    assertThat(status(1)).isEqualTo(Release.Status.LIVE);
    assertThat(fixture.read(app).desired()).contains(v(1));
    releases.rolledOut(app.id(), v(9), LIVE);
    assertThat(fixture.read(app).live()).contains(v(1));
  }

  @Test
  void aConfigChangeRunsTheLiveSlugAgain() throws Exception {
    Release live = fixture.deployLive(app);
    Release changed =
        releases
            .reconfigure(app.id(), Map.of("B", Optional.of("2"), "A", Optional.of("1")), ADA)
            .release()
            .orElseThrow();
    assertThat(changed.version()).isEqualTo(v(2));
    assertThat(changed.cause()).isEqualTo(change(Set.of("A", "B"), Set.of()));
    assertThat(changed.artifact()).isEqualTo(live.artifact());
    assertThat(changed.commit()).isEqualTo(live.commit());
    assertThat(changed.build()).isEmpty();
    assertThat(changed.config().vars()).containsEntry("A", "1").containsEntry("B", "2");
    assertThat(fixture.read(app).desired()).contains(v(2));
    Releases.Reconfigured same = releases.reconfigure(app.id(), Map.of("A", Optional.of("1")), ADA);
    assertThat(same.change().names()).isEmpty();
    assertThat(same.release()).isEmpty();
    Release unset =
        releases.reconfigure(app.id(), Map.of("A", Optional.empty()), ADA).release().orElseThrow();
    assertThat(unset.cause()).isEqualTo(change(Set.of(), Set.of("A")));
    assertThat(unset.config().toString()).doesNotContain("2");
  }

  @Test
  void aConfigChangeThatFailsIsTakenBack() throws Exception {
    fixture.configure(app, "COLOR", "blue");
    fixture.deployLive(app);
    fixture.configure(app, "COLOR", "red");
    releases.rolledOut(app.id(), v(2), failed("red is no color"));
    assertThat(fixture.config(app).vars()).containsEntry("COLOR", "blue");
    assertThat(fixture.read(app).desired()).contains(v(1));
  }

  @Test
  void aDeployThatFailsKeepsTheConfig() throws Exception {
    fixture.deployLive(app);
    fixture.configure(app, "COLOR", "red");
    releases.rolledOut(app.id(), v(2), LIVE);
    fixture.deploy(app);
    releases.rolledOut(app.id(), v(3), failed("it exits"));
    assertThat(fixture.config(app).vars()).containsEntry("COLOR", "red");
    assertThat(fixture.read(app).desired()).contains(v(2));
  }

  @Test
  void aConfigBeforeTheFirstReleaseMakesNone() throws Exception {
    assertThat(releases.reconfigure(app.id(), Map.of("COLOR", Optional.of("blue")), ADA).release())
        .isEmpty();
    assertThat(fixture.deployLive(app).config().vars()).containsEntry("COLOR", "blue");
  }

  @Test
  void aConfigSetDuringTheFirstRolloutIsAppliedAfterIt() throws Exception {
    fixture.deploy(app);
    fixture.configure(app, "COLOR", "blue");
    releases.rolledOut(app.id(), v(1), LIVE);
    Release second = releases.desiredState(app.id()).desired().orElseThrow();
    assertThat(second.version()).isEqualTo(v(2));
    assertThat(second.cause()).isEqualTo(change(Set.of("COLOR"), Set.of()));
    assertThat(second.config().vars()).containsEntry("COLOR", "blue");
    assertThat(status(1)).isEqualTo(Release.Status.LIVE);
  }

  @Test
  void aNewerReleaseSupersedesThoseThatWait() throws Exception {
    fixture.deployLive(app);
    Release waiting = fixture.deploy(app);
    var ticket = fixture.signals.ticket(new Topic.BuildChanged(waiting.build().orElseThrow()));
    fixture.configure(app, "COLOR", "blue");
    assertThat(ticket.await(Duration.ZERO)).isTrue();
    assertThat(status(2)).isEqualTo(Release.Status.SUPERSEDED);
    releases.rolledOut(app.id(), v(2), LIVE);
    assertThat(status(2)).isEqualTo(Release.Status.SUPERSEDED);
    assertThat(fixture.read(app).live()).contains(v(1));
    assertThat(fixture.read(app).desired()).contains(v(3));
    releases.rolledOut(app.id(), v(3), new RolloutEnd.Superseded());
    assertThat(status(3)).isEqualTo(Release.Status.PENDING);
  }

  @Test
  void rollsBackToTheReleaseBeforeTheLiveOne() throws Exception {
    fixture.deployLive(app);
    fixture.configure(app, "COLOR", "blue");
    releases.rolledOut(app.id(), v(2), LIVE);
    fixture.deploy(app);
    releases.rolledOut(app.id(), v(3), failed("it exits"));
    fixture.deployLive(app);
    Release back = releases.rollback(app.id(), Optional.empty(), ADA);
    assertThat(back.version()).isEqualTo(v(5));
    assertThat(back.cause()).isEqualTo(new ReleaseCause.Rollback(new ReleaseVersion(2)));
    assertThat(back.artifact()).isEqualTo(releases.find(app.id(), v(2)).orElseThrow().artifact());
    assertThat(fixture.read(app).desired()).contains(v(5));
    assertThat(releases.list(app.id(), 10))
        .extracting(release -> release.version().number())
        .containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void aRollbackBringsItsConfigAndAFailedOneTakesItBack() throws Exception {
    fixture.deployLive(app);
    fixture.configure(app, "COLOR", "blue");
    releases.rolledOut(app.id(), v(2), LIVE);
    releases.rollback(app.id(), Optional.of(v(1)), ADA);
    assertThat(fixture.config(app).vars()).isEmpty();
    releases.rolledOut(app.id(), v(3), failed("it exits"));
    assertThat(fixture.config(app).vars()).containsEntry("COLOR", "blue");
  }

  @Test
  void refusesToRollBackToWhatNeverRan() throws Exception {
    refuses(Optional.empty(), new Refusal.NothingEarlier());
    fixture.deployLive(app);
    refuses(Optional.empty(), new Refusal.NothingEarlier());
    fixture.deploy(app);
    releases.rolledOut(app.id(), v(2), failed("it exits"));
    refuses(Optional.of(v(2)), new Refusal.NeverUp(v(2)));
    refuses(Optional.of(v(7)), new Refusal.NoSuchRelease(v(7)));
  }

  private void refuses(Optional<ReleaseVersion> to, Refusal why) {
    assertThatThrownBy(() -> releases.rollback(app.id(), to, ADA))
        .isInstanceOfSatisfying(NoRollback.class, e -> assertThat(e.refusal()).isEqualTo(why));
  }

  @Test
  void numbersHaveNoGapsWhoeverWrites() throws Exception {
    fixture.deployLive(app);
    try (Fixture other = new Fixture(database, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> changes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Releases mine = (i % 2 == 0 ? fixture : other).stores.releases();
        Map<String, Optional<String>> change = Map.of("VAR_" + i, Optional.of("x"));
        changes.add(() ->
            mine.reconfigure(app.id(), change, ADA).release().orElseThrow().version().number());
      }
      List<Integer> numbers = new ArrayList<>();
      for (Future<Integer> change : threads.invokeAll(changes)) {
        numbers.add(change.get());
      }
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 41).boxed().toList());
    }
    assertThat(fixture.config(app).vars()).hasSize(40);
    assertThat(fixture.read(app).desired()).contains(v(41));
  }

  private static ReleaseCause change(Set<String> set, Set<String> unset) {
    return new ReleaseCause.ConfigChange(new TreeSet<>(set), new TreeSet<>(unset));
  }
}
