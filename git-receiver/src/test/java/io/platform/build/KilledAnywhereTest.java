package io.platform.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.StoredObject;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.Stores;
import io.platform.domain.port.Topic;
import io.platform.git.repository.Repositories;
import io.platform.receiver.BuildSupervision;
import io.platform.release.ReleaseConfig;
import io.platform.release.ReleaseController;
import io.platform.slug.ProcessTypes;
import io.platform.support.ScriptedRunner;
import io.platform.support.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at each of its writes in turn, before and after it; the next one brings
 * every push to its end.
 */
@Timeout(240)
class KilledAnywhereTest {
  private static final int MORE_CALLS_THAN_THERE_ARE = 100;

  @TempDir Path data;

  /** One life of the server: supervisor and deployer. */
  private record Server(BuildSupervision supervision, ReleaseController rollouts)
      implements AutoCloseable {
    @Override
    public void close() {
      supervision.close();
      rollouts.close();
    }
  }

  private static Server server(
      TestPlatform platform, TestGit git, ScriptedRunner runner, KillSwitch kill) {
    Stores stores = kill.guard(platform.stores);
    SupervisorConfig config =
        new SupervisorConfig(
            platform.base,
            Duration.ofMinutes(15),
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofMillis(100),
            Duration.ofMillis(5),
            LeaseConfig.defaults());
    BuildSupervision supervision =
        new BuildSupervision(
            config,
            platform.services(stores),
            kill.guard(Repositories.class, git.repositories()),
            kill.guard(BuildRunner.class, runner),
            platform.follower(stores),
            platform.urls,
            BuildSupervision.Clocks.system());
    ReleaseController rollouts =
        new ReleaseController(
            new ReleaseConfig(
                platform.base,
                Duration.ofMillis(100),
                Duration.ofMillis(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)),
            stores,
            kill.guard(AppRuntime.class, platform.runtime),
            kill.guard(ReleaseCommands.class, platform.commands),
            platform.tokens);
    return new Server(supervision, rollouts);
  }

  /** A builder that reports to whichever server is there, until it is heard. */
  private static void build(TestPlatform platform, App app, BuildSpec spec) {
    StoredObject slug = platform.store(platform.keys.slug(app, spec.id()), "slug");
    platform
        .stores
        .builds()
        .end(
            spec.id(),
            new BuildEnd.Succeeded(
                new Artifact.Slug(slug),
                Optional.empty(),
                "Node.js",
                new ProcessTypes(Map.of("web", "node .", "release", "./migrate"))));
  }

  private Thread.@Nullable UncaughtExceptionHandler usual;

  @BeforeEach
  void letTheKilledDieQuietly() {
    usual = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
      if (!(e instanceof KillSwitch.Killed)) {
        e.printStackTrace();
      }
    });
  }

  @AfterEach
  void restoreTheHandler() {
    Thread.setDefaultUncaughtExceptionHandler(usual);
  }

  @Test
  void anAcceptedPushIsDeployedWhereverTheServerIsKilled() throws Exception {
    try (TestPlatform platform = new TestPlatform(data);
        TestGit git = new TestGit(data.resolve("repos"))) {
      int kills = 0;
      boolean survived = false;
      for (int call = 1; !survived; call++) {
        assertThat(call).isLessThan(MORE_CALLS_THAN_THERE_ARE);
        for (boolean after : new boolean[] {false, true}) {
          survived =
              !killedOnce(
                  platform, git, "app%d%s".formatted(call, after ? "b" : "a"), call, after, true);
          kills += survived ? 0 : 1;
        }
      }
      assertThat(kills).isGreaterThan(15);
    }
  }

  @Test
  void aReleaseThatDoesNotComeUpIsRejectedWhereverTheServerIsKilled() throws Exception {
    try (TestPlatform platform = new TestPlatform(data);
        TestGit git = new TestGit(data.resolve("repos"))) {
      platform.runtime.script(r ->
          CompletableFuture.completedFuture(
              new RolloutEnd.Failed(
                  new ReleaseFailureCause.StoredSentence("It ended."), List.of("boom"))));
      boolean survived = false;
      for (int call = 1; !survived; call++) {
        assertThat(call).isLessThan(MORE_CALLS_THAN_THERE_ARE);
        for (boolean after : new boolean[] {false, true}) {
          survived =
              !killedOnce(
                  platform, git, "app%d%s".formatted(call, after ? "b" : "a"), call, after, false);
        }
      }
    }
  }

  /** Whether the server was killed before the push was settled. */
  private static boolean killedOnce(
      TestPlatform platform, TestGit git, String name, int call, boolean after, boolean comesUp)
      throws Exception {
    App app = platform.app(name);
    var push = git.push(app);
    BuildId id = platform.accepted(app, push, Instant.now().plus(Duration.ofMinutes(15)));
    git.repositories().pin(app, id, push.commit());
    KillSwitch kill = new KillSwitch(call, after);
    ScriptedRunner runner = new ScriptedRunner();
    runner.onLaunch(spec -> build(platform, app, spec));
    try (Server first = server(platform, git, runner, kill)) {
      start(first);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofMinutes(2))
          .dontCatchUncaughtExceptions()
          .until(() -> kill.killed() || platform.row(id).settled());
    }
    boolean killed = kill.killed();
    ScriptedRunner next = new ScriptedRunner();
    next.onLaunch(spec -> build(platform, app, spec));
    try (Server second = server(platform, git, next, new KillSwitch(-1, false))) {
      start(second);
      platform.settled(id);
      check(platform, git, app, id, comesUp);
    }
    platform.stores.apps().destroy(app.id());
    try (Server third = server(platform, git, next, new KillSwitch(-1, false))) {
      start(third);
      platform.await(
          new Topic.AppChanged(app.id()),
          () ->
              platform.stores.apps().find(app.id()).isEmpty()
                  ? Optional.of(true)
                  : Optional.empty());
    }
    return killed;
  }

  private static void start(Server server) {
    try {
      server.supervision().start();
      server.rollouts().start();
    } catch (KillSwitch.Killed e) {
      assertThat(e).isNotNull();
    }
  }

  private static void check(
      TestPlatform platform, TestGit git, App app, BuildId id, boolean comesUp) throws Exception {
    Build build = platform.row(id);
    assertThat(build.status()).isEqualTo(BuildStatus.SUCCEEDED);
    assertThat(build.outcome().orElseThrow().deployed()).isEqualTo(comesUp);
    assertThat(platform.stores.builds().unsettled(app.id())).isEmpty();
    assertThat(git.pins(app)).isEmpty();
    assertThat(git.branch(app)).isEqualTo(comesUp ? build.origin().commitId() : Optional.empty());
    List<Release> releases = platform.stores.releases().list(app.id(), 10);
    assertThat(releases).hasSize(1);
    assertThat(releases.getFirst().status())
        .isEqualTo(comesUp ? Release.Status.LIVE : Release.Status.FAILED);
    String log = platform.log(id);
    String last =
        comesUp
            ? "-----> Released v1, running at " + platform.urls.app(app)
            : " !     v1 did not come up: It ended.";
    assertThat(log)
        .endsWith(last + "\n")
        .containsOnlyOnce(last)
        .containsOnlyOnce("-----> Running the release command of v1: ./migrate\n")
        .containsOnlyOnce("       migrated\n")
        .containsOnlyOnce("-----> Starting v1\n");
  }
}
