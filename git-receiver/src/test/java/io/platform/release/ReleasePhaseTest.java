package io.platform.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.ExitDetail;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.Topic;
import io.platform.slug.AppJson;
import io.platform.slug.DeployScripts;
import io.platform.slug.ProcessTypes;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Release commands before the traffic moves. */
@Timeout(60)
class ReleasePhaseTest {
  private static final ProcessTypes TYPES =
      new ProcessTypes(Map.of("web", "node .", "release", "./migrate"));
  private static final ReleaseFailureCause FAILED =
      new ReleaseFailureCause.ReleaseCommandFailed(3, new ExitDetail.Unknown());

  @TempDir Path data;

  private TestPlatform platform;
  private ReleaseController rollouts;
  private App app;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    app = platform.app("shop");
    rollouts = startController();
  }

  private ReleaseController startController() {
    ReleaseController controller =
        new ReleaseController(
            new ReleaseConfig(
                platform.base,
                Duration.ofMillis(200),
                Duration.ofMillis(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10)),
            platform.stores,
            platform.runtime,
            platform.commands,
            platform.tokens);
    controller.start();
    return controller;
  }

  @AfterEach
  void stop() {
    rollouts.close();
    platform.close();
  }

  private Release ended(ReleaseVersion version) throws InterruptedException {
    return platform.await(
        new Topic.AppChanged(app.id()),
        () -> find(version).filter(r -> r.status() != Release.Status.PENDING));
  }

  private Optional<Release> find(ReleaseVersion version) {
    return platform.stores.releases().find(app.id(), version);
  }

  private void awaitRunning(ReleaseVersion version) throws InterruptedException {
    awaitRunning(version, ReleaseCommandKind.RELEASE);
  }

  private void awaitRunning(ReleaseVersion version, ReleaseCommandKind kind)
      throws InterruptedException {
    platform.await(
        new Topic.AppChanged(app.id()),
        () ->
            find(version)
                .map(release -> platform.stores.releases().releaseCommand(release.id(), kind))
                .filter(run -> run.running()));
  }

  @Test
  void runsOnceBeforeTheReleaseIsRolledOutAndForConfigChangesAndRollbacksToo() throws Exception {
    ReleaseVersion v1 = platform.built(app, TYPES);
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
    ReleaseVersion v2 =
        platform
            .stores
            .releases()
            .reconfigure(app.id(), Map.of("A", Optional.of("1")), "ada")
            .release()
            .orElseThrow()
            .version();
    assertThat(ended(v2).status()).isEqualTo(Release.Status.LIVE);
    ReleaseVersion v3 =
        platform.stores.releases().rollback(app.id(), Optional.of(v1), "ada").version();
    assertThat(ended(v3).status()).isEqualTo(Release.Status.LIVE);
    assertThat(platform.commands.starts()).containsExactly("v1", "v2", "v3");
  }

  @Test
  void scriptsRunInTheirOrderAndTheFirstPostdeployOnce() throws Exception {
    AppJson scripts =
        appJson(new DeployScripts(Optional.of("pre"), Optional.of("post"), Optional.of("seed")));
    ReleaseVersion v1 = platform.built(app, TYPES, scripts);
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
    ReleaseVersion v2 = platform.built(app, TYPES, scripts);
    assertThat(ended(v2).status()).isEqualTo(Release.Status.LIVE);
    assertThat(platform.commands.starts())
        .containsExactly(
            "v1 predeploy",
            "v1",
            "v1 first-postdeploy",
            "v1 postdeploy",
            "v2 predeploy",
            "v2",
            "v2 postdeploy");
  }

  @Test
  void theFirstPostdeployIsNotRepeatedForAReleaseThatComesMeanwhile() throws Exception {
    CompletableFuture<Optional<ReleaseFailureCause>> seeding = new CompletableFuture<>();
    platform.commands.script(spec -> seeding);
    ProcessTypes web = new ProcessTypes(Map.of("web", "node ."));
    AppJson scripts =
        appJson(new DeployScripts(Optional.empty(), Optional.empty(), Optional.of("seed")));
    ReleaseVersion v1 = platform.built(app, web, scripts);
    awaitRunning(v1, ReleaseCommandKind.FIRST_POSTDEPLOY);
    ReleaseVersion v2 = platform.built(app, web, scripts);
    seeding.complete(Optional.empty());
    assertThat(ended(v2).status()).isEqualTo(Release.Status.LIVE);
    assertThat(platform.commands.starts()).containsExactly("v1 first-postdeploy");
  }

  @Test
  void aFailedPredeployKeepsTheOldReleaseAndAFailedPostdeployTheNewOne() throws Exception {
    ReleaseVersion v1 = platform.built(app);
    ended(v1);
    platform.commands.script(spec -> CompletableFuture.completedFuture(Optional.of(FAILED)));
    Release v2 =
        ended(
            platform.built(
                app,
                new ProcessTypes(Map.of("web", "node .")),
                appJson(
                    new DeployScripts(Optional.of("pre"), Optional.empty(), Optional.empty()))));
    assertThat(v2.failure())
        .contains(new ReleaseFailureCause.ScriptFailed(ReleaseCommandKind.PREDEPLOY, FAILED));
    Release v3 =
        ended(
            platform.built(
                app,
                new ProcessTypes(Map.of("web", "node .")),
                appJson(
                    new DeployScripts(Optional.empty(), Optional.of("post"), Optional.empty()))));
    assertThat(v3.status()).isEqualTo(Release.Status.LIVE);
    assertThat(
            platform
                .stores
                .releases()
                .releaseCommand(v3.id(), ReleaseCommandKind.POSTDEPLOY)
                .failure())
        .contains(new ReleaseFailureCause.ScriptFailed(ReleaseCommandKind.POSTDEPLOY, FAILED));
  }

  @Test
  void aPostdeployRunsOnceAlsoWhereTheServerEndsMeanwhile() throws Exception {
    CompletableFuture<Optional<ReleaseFailureCause>> end = new CompletableFuture<>();
    platform.commands.script(spec -> end);
    ReleaseVersion v1 =
        platform.built(
            app,
            new ProcessTypes(Map.of("web", "node .")),
            appJson(new DeployScripts(Optional.empty(), Optional.of("post"), Optional.empty())));
    awaitRunning(v1, ReleaseCommandKind.POSTDEPLOY);
    assertThat(find(v1).orElseThrow().status()).isEqualTo(Release.Status.PENDING);
    rollouts.close();
    rollouts = startController();
    end.complete(Optional.empty());
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
    assertThat(platform.commands.starts()).containsExactly("v1 postdeploy");
  }

  private static AppJson appJson(DeployScripts scripts) {
    return new AppJson(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), scripts);
  }

  @Test
  void keepsTheOldReleaseWhereTheCommandFails() throws Exception {
    ReleaseVersion v1 = platform.built(app);
    ended(v1);
    platform.commands.script(spec -> CompletableFuture.completedFuture(Optional.of(FAILED)));
    Release v2 = ended(platform.built(app, TYPES));
    assertThat(v2.status()).isEqualTo(Release.Status.FAILED);
    assertThat(v2.failure()).contains(FAILED);
    assertThat(platform.stores.apps().find(app.id()).orElseThrow().desired()).contains(v1);
    while (platform.runtime.applicationsLeft() > 0) {
      assertThat(platform.runtime.applied().release().version()).isEqualTo(v1);
    }
  }

  @Test
  void goesOnToTheRollOutWhereTheServerEndedAfterTheCommand() throws Exception {
    rollouts.close();
    ReleaseVersion v1 = platform.built(app, TYPES);
    Release release = find(v1).orElseThrow();
    platform.stores.releases().releaseCommandStarted(release.id(), ReleaseCommandKind.RELEASE);
    platform
        .stores
        .releases()
        .releaseCommandEnded(release.id(), ReleaseCommandKind.RELEASE, Optional.empty());
    rollouts = startController();
    assertThat(ended(v1).status()).isEqualTo(Release.Status.LIVE);
    assertThat(platform.commands.starts()).isEmpty();
  }

  @Test
  void aNewerReleaseWaitsForTheCommandThatRuns() throws Exception {
    CompletableFuture<Optional<ReleaseFailureCause>> first = new CompletableFuture<>();
    platform.commands.script(spec -> first);
    ReleaseVersion v1 = platform.built(app, TYPES);
    awaitRunning(v1);
    platform.commands.script(spec -> CompletableFuture.completedFuture(Optional.empty()));
    ReleaseVersion v2 = platform.built(app, TYPES);
    assertThat(ended(v1).status()).isEqualTo(Release.Status.SUPERSEDED);
    assertThat(platform.commands.starts()).containsExactly("v1");
    first.complete(Optional.empty());
    assertThat(ended(v2).status()).isEqualTo(Release.Status.LIVE);
    assertThat(platform.commands.starts()).containsExactly("v1", "v2");
    assertThat(platform.runtime.applied().release().version()).isEqualTo(v2);
  }

  @Test
  void aCancellationEndsTheCommandAndTheRelease() throws Exception {
    platform.commands.script(spec -> new CompletableFuture<>());
    ReleaseVersion v1 = platform.built(app, TYPES);
    awaitRunning(v1);
    ReleaseFailureCause canceled = new ReleaseFailureCause.Canceled("ada@example.com");
    assertThat(
            platform
                .stores
                .releases()
                .releaseCommandEnded(
                    find(v1).orElseThrow().id(), ReleaseCommandKind.RELEASE, Optional.of(canceled)))
        .isTrue();
    assertThat(ended(v1).failure()).contains(canceled);
    assertThat(platform.runtime.applicationsLeft()).isZero();
  }
}
