package io.platform.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppEvent;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.RecordedEvent;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restart;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Topic;
import io.platform.signal.LocalSignals;
import io.platform.slug.SlugProblem;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReleaseControllerTest {
  private static final SlugProblem STALLED =
      new SlugProblem.TransferFailed(Optional.of("the transfer stalled"));

  @TempDir Path data;

  private TestPlatform platform;
  private ReleaseController rollouts;
  private App app;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    app = platform.app("shop");
    rollouts = rollouts(Duration.ofMinutes(10));
  }

  private ReleaseController rollouts(Duration limit) {
    return new ReleaseController(
        new ReleaseConfig(
            platform.base,
            Duration.ofMillis(200),
            Duration.ofMillis(10),
            limit,
            Duration.ofMinutes(10)),
        platform.stores,
        platform.runtime,
        platform.commands,
        platform.tokens);
  }

  @AfterEach
  void stop() {
    rollouts.close();
    platform.close();
  }

  private ReleaseVersion built() {
    return platform.built(app);
  }

  private Release ended(ReleaseVersion version) throws InterruptedException {
    return ended(app, version);
  }

  private Release ended(App of, ReleaseVersion version) throws InterruptedException {
    return platform.await(
        new Topic.AppChanged(of.id()),
        () ->
            platform
                .stores
                .releases()
                .find(of.id(), version)
                .filter(r -> r.status() != Release.Status.PENDING));
  }

  @Test
  void bringsADesiredReleaseUp() throws Exception {
    rollouts.start();
    ReleaseVersion v1 = built();
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
    RunSpec spec = platform.runtime.applied();
    assertThat(platform.tokens.release(Optional.of("Bearer " + spec.token())))
        .contains(spec.release().id());
    assertThat(platform.stores.apps().find(app.id()).orElseThrow().live()).contains(v1);
  }

  @Test
  void leavesTheLiveReleaseWhereTheNextDoesNotComeUp() throws Exception {
    rollouts.start();
    ReleaseVersion v1 = built();
    ended(v1);
    platform.runtime.script(r ->
        CompletableFuture.completedFuture(
            r.version().equals(v1)
                ? new RolloutEnd.Live()
                : new RolloutEnd.Failed(
                    new ReleaseFailureCause.StoredSentence("It ended with exit code 1."),
                    List.of("boom"))));
    Release v2 = ended(built());
    assertThat(v2.status()).isEqualTo(Release.Status.FAILED);
    assertThat(v2.failure())
        .contains(new ReleaseFailureCause.StoredSentence("It ended with exit code 1."));
    App now = platform.stores.apps().find(app.id()).orElseThrow();
    assertThat(now.desired()).contains(v1);
    assertThat(now.live()).contains(v1);
  }

  @Test
  void saysThatTheSlugDidNotComeWhereTheRunnerTellsSo() throws Exception {
    platform.runtime.script(r -> {
      platform.stores.releases().setSlugProblem(r.id(), Optional.of(STALLED));
      return CompletableFuture.completedFuture(
          new RolloutEnd.Failed(
              new ReleaseFailureCause.StoredSentence("It did not listen."), List.of()));
    });
    rollouts.start();
    assertThat(ended(built()).failure()).contains(new ReleaseFailureCause.SlugNotFetched(STALLED));
  }

  @Test
  void believesNoAppThatItsSlugDidNotCome() throws Exception {
    platform.runtime.script(r -> {
      platform.stores.releases().setSlugProblem(r.id(), Optional.of(STALLED));
      platform.stores.releases().setSlugProblem(r.id(), Optional.empty());
      return CompletableFuture.completedFuture(
          new RolloutEnd.Failed(
              new ReleaseFailureCause.StoredSentence("It did not listen."),
              List.of("       The slug could not be fetched yet, trying again: no connection.")));
    });
    rollouts.start();
    assertThat(ended(built()).failure())
        .contains(new ReleaseFailureCause.StoredSentence("It did not listen."));
  }

  @Test
  void aNewerReleaseOvertakesOneThatIsNotUpYet() throws Exception {
    platform.runtime.hold();
    rollouts.start();
    ReleaseVersion v1 = built();
    Release first = platform.runtime.applied().release();
    assertThat(first.version()).isEqualTo(v1);
    ReleaseVersion v2 = built();
    Release second = platform.runtime.applied().release();
    platform.runtime.end(second, new RolloutEnd.Live());
    assertThat(ended(v2).status()).isEqualTo(Release.Status.LIVE);
    assertThat(ended(v1).status()).isEqualTo(Release.Status.SUPERSEDED);
  }

  @Test
  void looksAtAllWhenSignalsWereLost() throws Exception {
    Stores all = platform.stores;
    Signals deaf = new LocalSignals();
    rollouts =
        new ReleaseController(
            new ReleaseConfig(
                platform.base,
                Duration.ofHours(1),
                Duration.ofMillis(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10)),
            new Stores(
                all.apps(),
                all.builds(),
                all.releases(),
                all.log(),
                all.events(),
                all.domains(),
                all.maintenance(),
                all.drains(),
                all.certificates(),
                deaf),
            platform.runtime,
            platform.commands,
            platform.tokens);
    ReleaseVersion v1 = built();
    rollouts.start();
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
    ReleaseVersion v2 = built();
    deaf.raise(new Topic.Anything());
    assertThat(ended(v2).status()).isEqualTo(Release.Status.LIVE);
  }

  @Test
  void oneAppDoesNotWaitForAnother() throws Exception {
    App other = platform.app("other");
    platform.runtime.script(r ->
        r.app().equals(app.id())
            ? new CompletableFuture<>()
            : CompletableFuture.completedFuture(new RolloutEnd.Live()));
    rollouts.start();
    built();
    assertThat(ended(other, platform.built(other)).status()).isEqualTo(Release.Status.LIVE);
  }

  @Test
  void bringsWhatWasLiveUpAgainAtStart() throws Exception {
    rollouts.start();
    ReleaseVersion v1 = built();
    ended(v1);
    rollouts.close();
    while (platform.runtime.applicationsLeft() > 0) {
      platform.runtime.applied();
    }
    rollouts = rollouts(Duration.ofMinutes(10));
    rollouts.start();
    assertThat(platform.runtime.applied().release().version()).isEqualTo(v1);
  }

  @Test
  void finishesARolloutThatAnEarlierProcessBegan() throws Exception {
    platform.runtime.hold();
    rollouts.start();
    ReleaseVersion v1 = built();
    Release release = platform.runtime.applied().release();
    rollouts.close();
    assertThat(platform.stores.releases().find(app.id(), v1).orElseThrow().status())
        .isEqualTo(Release.Status.PENDING);
    platform.runtime.end(release, new RolloutEnd.Live());
    rollouts = rollouts(Duration.ofMinutes(10));
    rollouts.start();
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
  }

  @Test
  void looksAgainWithoutASignalAndHealsWhatRuns() throws Exception {
    rollouts.start();
    ReleaseVersion v1 = built();
    ended(v1);
    for (int i = 0; i < 3; i++) {
      assertThat(platform.runtime.applied().release().version()).isEqualTo(v1);
    }
  }

  @Test
  void looksAtOnceAtWhatSomebodyDisturbed() throws Exception {
    rollouts =
        new ReleaseController(
            new ReleaseConfig(
                platform.base,
                Duration.ofHours(1),
                Duration.ofMillis(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10)),
            platform.stores,
            platform.runtime,
            platform.commands,
            platform.tokens);
    rollouts.start();
    ReleaseVersion v1 = built();
    ended(v1);
    assertThat(platform.runtime.applied().release().version()).isEqualTo(v1);
    platform.runtime.disturb(app.id());
    assertThat(platform.runtime.applied().release().version()).isEqualTo(v1);
  }

  private void looksOnlyWhenToldTo() {
    rollouts =
        new ReleaseController(
            new ReleaseConfig(
                platform.base,
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10)),
            platform.stores,
            platform.runtime,
            platform.commands,
            platform.tokens);
  }

  @Test
  void appliesAChangedFormationAndARestartAtOnce() throws Exception {
    looksOnlyWhenToldTo();
    rollouts.start();
    ReleaseVersion v1 = built();
    ended(v1);
    platform.runtime.applied();

    platform.scale(app, "web", 3);
    RunSpec scaled = platform.runtime.applied();
    assertThat(scaled.release().version()).isEqualTo(v1);
    assertThat(scaled.app().formation().quantity("web")).isEqualTo(3);

    ProcessSelector web = new ProcessSelector.OfType("web");
    platform.stores.apps().restart(app.id(), web, Restart.Manner.ROLLING, "ada@example.com");
    assertThat(platform.runtime.applied().app().restarts().rolling("web")).isPresent();
    assertThat(platform.stores.releases().list(app.id(), 10)).hasSize(1);
  }

  @Test
  void recordsCrashesOfTheLiveReleaseAndALoopOnce() throws Exception {
    rollouts.start();
    ReleaseVersion v1 = built();
    ended(v1);
    ReleaseFailureCause exit = new ReleaseFailureCause.StartsAgain(3, new ExitDetail.Unknown());
    ProcessName web = ProcessName.numbered("web", 1);
    for (int i = 0; i < 100; i++) {
      platform.runtime.crash(new ProcessCrash(app.id(), v1, web, exit));
      platform.runtime.crash(new ProcessCrash(app.id(), new ReleaseVersion(9), web, exit));
    }
    assertThat(platform.stores.events().since(app.id(), 0, 1000))
        .extracting(RecordedEvent::event)
        .filteredOn(event -> event.kind().name().startsWith("CRASH"))
        .containsExactly(
            new AppEvent.Crashed(web, v1, exit),
            new AppEvent.Crashed(web, v1, exit),
            new AppEvent.CrashLooping(web, v1, 3, exit));
  }

  @Test
  void appliesAFormationThatChangedWhileTheReleaseCameUp() throws Exception {
    looksOnlyWhenToldTo();
    platform.runtime.hold();
    rollouts.start();
    ReleaseVersion v1 = built();
    RunSpec first = platform.runtime.applied();
    platform.scale(app, "web", 2);
    platform.runtime.end(first.release(), new RolloutEnd.Live());
    assertThat(platform.runtime.applied().app().formation().quantity("web")).isEqualTo(2);
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
  }

  @Test
  void triesAgainWhereTheRuntimeItselfFails() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    platform.runtime.failApplying(() -> attempts.incrementAndGet() < 3);
    rollouts.start();
    assertThat(ended(built()).status()).isEqualTo(Release.Status.LIVE);
    assertThat(attempts.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void givesUpWhatNeverEnds() throws Exception {
    rollouts = rollouts(Duration.ofMillis(300));
    platform.runtime.hold();
    rollouts.start();
    Release v1 = ended(built());
    assertThat(v1.status()).isEqualTo(Release.Status.FAILED);
    assertThat(v1.failure())
        .contains(new ReleaseFailureCause.NoEnd(v1.version(), Duration.ofMillis(300)));
  }

  @Test
  void stopsADestroyedApp() throws Exception {
    platform.runtime.hold();
    rollouts.start();
    built();
    platform.runtime.applied();
    platform.stores.apps().destroy(app.id());
    platform.await(
        new Topic.AppChanged(app.id()),
        () -> platform.stores.apps().find(app.id()).filter(a -> a.status() == App.Status.STOPPED));
    assertThat(platform.runtime.removed(app.id())).isTrue();
  }

  @Test
  void rollsOutAConfigChangeAndARollback() throws Exception {
    rollouts.start();
    ReleaseVersion v1 = built();
    ended(v1);
    platform.stores.releases().reconfigure(app.id(), Map.of("A", Optional.of("1")), "dev");
    assertThat(ended(new ReleaseVersion(2)).status()).isEqualTo(Release.Status.LIVE);
    platform.stores.releases().rollback(app.id(), Optional.of(v1), "dev");
    assertThat(ended(new ReleaseVersion(3)).status()).isEqualTo(Release.Status.LIVE);
    assertThat(
            platform
                .stores
                .releases()
                .find(app.id(), new ReleaseVersion(3))
                .orElseThrow()
                .config()
                .vars())
        .isEmpty();
  }
}
