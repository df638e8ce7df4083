package io.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.slug.BuildReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watchers are told everything once, also when the connection to the API server breaks. */
@Tag("cluster")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenApiIT {
  private static final String ENDS =
      """
      sleep 6
      printf '{"build":"%s","status":"failed","exit_code":30,"step":"compile","message":"No."}' \
        "$PLATFORM_BUILD" > "$PLATFORM_TERMINATION_LOG"
      exit 30
      """;
  private static final String SERVES =
      """
      sleep 6; cd /app; echo hello > index.html; exec python3 -m http.server "$PORT"
      """;

  private OnCluster on;
  private ApiConnection connection;

  @BeforeAll
  void start() {
    on = new OnCluster();
  }

  @BeforeEach
  void connect(@TempDir Path directory) throws Exception {
    connection = new ApiConnection(on.kubeconfig, directory);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @AfterAll
  void stop() {
    on.close();
  }

  private ClusterConfig config() {
    return on.config(ENDS, SERVES).with(connection.kubeconfig());
  }

  private BuildRunner builds(SeenEvents seen) {
    BuildRunner builds = on.open(config()).builds();
    builds.watch(seen::add);
    return builds;
  }

  private void assertToldOnce(SeenEvents seen, BuildSpec spec) throws InterruptedException {
    BuilderEvent.Exited exit = seen.exit(spec.id());
    assertThat(exit.report())
        .contains(new BuildReport.Failed(spec.id().value(), 30, "compile", "No."));
    assertThat(seen.of(spec.id()).stream().map(event -> event.getClass().getSimpleName()))
        .containsExactly("Started", "Noticed", "Exited");
  }

  @Test
  void whatEndsWhileTheApiServerIsOutOfReachIsToldAfterwardsAndOnce() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(seen);
    BuildSpec first = on.build(on.app("broken", "shop"));
    builds.launch(first);
    on.awaitRunning(first);
    connection.down();
    on.awaitEnd(first);
    assertThat(seen.of(first.id())).noneMatch(BuilderEvent.Exited.class::isInstance);
    connection.up();
    seen.exit(first.id());

    BuildSpec second = on.build(on.app("broken", "shop"));
    builds.launch(second);
    on.awaitRunning(second);
    connection.cut();
    assertToldOnce(seen, second);
    assertToldOnce(seen, first);
  }

  @Test
  void aConnectionThatDiesWithoutAWordIsNoticed() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(seen);
    BuildSpec spec = on.build(on.app("silent", "shop"));
    builds.launch(spec);
    on.awaitRunning(spec);
    connection.silence();
    assertToldOnce(seen, spec);
  }

  @Test
  void whatIsPushedWhileTheApiServerIsOutOfReachWaitsAndSaysSo() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(seen);
    BuildSpec spec = on.build(on.app("late", "shop"));
    connection.down();
    builds.launch(spec);
    seen.notice(spec.id(), "Waiting for Kubernetes: its API server cannot be reached");
    connection.up();
    assertThat(seen.exit(spec.id()).exitCode()).isEqualTo(30);
  }

  @Test
  void aRolloutGoesOnAndTellsEachStepOnce() throws Exception {
    AppRuntime apps = on.open(config()).apps();
    App app = on.app("rollout", "shop");
    RunSpec spec = on.release(app, 1, "one", Release.Status.PENDING);
    ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    Rollout rollout = apps.apply(spec);
    CompletableFuture<RolloutEnd> end =
        CompletableFuture.supplyAsync(() -> {
          try {
            return rollout.await((key, notice) -> told.add(key));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    connection.cut();
    connection.down();
    on.client
        .apps()
        .deployments()
        .inNamespace(on.namespace(app))
        .withName("shop--web")
        .waitUntilReady(60, TimeUnit.SECONDS);
    connection.up();
    assertThat(end.get(90, TimeUnit.SECONDS)).isEqualTo(new RolloutEnd.Live());
    assertThat(List.copyOf(told)).doesNotHaveDuplicates().anyMatch(key -> key.contains("/ready/"));
  }
}
