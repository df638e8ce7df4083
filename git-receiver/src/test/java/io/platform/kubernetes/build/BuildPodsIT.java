package io.platform.kubernetes.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.App;
import io.platform.domain.ExitDetail;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.kubernetes.OnCluster;
import io.platform.kubernetes.SeenEvents;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.desired.BuildObjects;
import io.platform.kubernetes.desired.BuildSettings;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.ContainerResources;
import io.platform.kubernetes.desired.NamespaceSettings;
import io.platform.slug.BuildReport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Builders as pods, on a real cluster. */
@Tag("cluster")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildPodsIT {
  private static final String REPORT =
      """
      printf '{"build":"%s","status":"failed","exit_code":30,"step":"compile","message":"No."}' \
        "$PLATFORM_BUILD" > "$PLATFORM_TERMINATION_LOG"
      """;
  private static final String UNTIL_TOLD = "trap 'exit 143' TERM; sleep 600 & wait";

  private OnCluster on;

  @BeforeAll
  void start() {
    on = new OnCluster();
  }

  @AfterAll
  void stop() {
    on.close();
  }

  private BuildSpec launched(BuildRunner builds, App app) throws BuildRunner.LaunchFailed {
    BuildSpec spec = on.build(app);
    builds.launch(spec);
    return spec;
  }

  private BuildRunner builds(ClusterConfig config, SeenEvents seen) {
    BuildRunner builds = on.open(config).builds();
    builds.watch(seen::add);
    return builds;
  }

  private List<Pod> pods(BuildSpec spec) {
    return on.client
        .pods()
        .inNamespace(on.namespace(spec.app()))
        .withLabel("platform.io/build", spec.id().value())
        .list()
        .getItems();
  }

  private boolean hasSecret(BuildSpec spec) {
    return on.client
            .secrets()
            .inNamespace(on.namespace(spec.app()))
            .withName(BuildObjects.name(spec))
            .get()
        != null;
  }

  @Test
  void runsABuilderInItsFenceAndTakesTheReportThatItLeaves() throws Exception {
    String fence =
        """
        [ "$PLATFORM_TOKEN $PLATFORM_VAR_GREETING" = 'build-token hello' ] || exit 91
        [ "$(id -u)" = 1000 ] || exit 92
        for d in /work /tmp /app; do touch $d/x || exit 93; done
        if touch /x 2>/dev/null; then exit 94; fi
        [ ! -e /var/run/secrets/kubernetes.io ] || exit 95
        grep -q '^CapEff:.0*$' /proc/self/status || exit 96
        """;
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(on.config(fence + REPORT + "exit 30", ""), seen);
    BuildSpec spec = launched(builds, on.app("first", "shop"));
    BuilderEvent.Exited exit = seen.exit(spec.id());
    assertThat(exit.exitCode()).isEqualTo(30);
    assertThat(exit.detail()).isEqualTo(new ExitDetail.Unknown());
    assertThat(exit.report())
        .contains(new BuildReport.Failed(spec.id().value(), 30, "compile", "No."));
    assertThat(seen.of(spec.id()).getFirst()).isInstanceOf(BuilderEvent.Started.class);
    assertThat(seen.notices(spec.id()))
        .containsExactly("Pod %s starts on node node1".formatted(BuildObjects.name(spec)));

    // A receiver that starts hears of it before it does anything else.
    SeenEvents later = new SeenEvents();
    builds(on.config("", ""), later);
    assertThat(later.of(spec.id())).contains(exit).hasSize(2);

    // It is kept for people, with its log.
    builds.cancel(spec.id());
    assertThat(pods(spec)).hasSize(1);
  }

  @Test
  void launchesOnceHoweverOftenItIsAskedTo() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(on.config(UNTIL_TOLD, ""), seen);
    BuildSpec spec = launched(builds, on.app("again", "shop"));
    builds.launch(spec);
    on.open(on.config(UNTIL_TOLD, "")).builds().launch(spec);
    assertThat(pods(spec)).hasSize(1);
    String uid = pods(spec).getFirst().getMetadata().getUid();

    on.awaitRunning(spec);
    // One that is on its way out does not count.
    on.client.resource(pods(spec).getFirst()).delete();
    builds.launch(spec);
    assertThat(pods(spec)).hasSize(1);
    assertThat(pods(spec).getFirst().getMetadata().getUid()).isNotEqualTo(uid);
    on.awaitRunning(spec);
    builds.cancel(spec.id());
    assertThat(pods(spec)).isEmpty();
    assertThat(hasSecret(spec)).isFalse();
  }

  @Test
  void cancelLeavesNeitherPodNorSecret() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(on.config("trap '' TERM; sleep 600", ""), seen);
    BuildSpec spec = launched(builds, on.app("cancel", "shop"));
    on.awaitRunning(spec);
    builds.cancel(spec.id());
    assertThat(pods(spec)).isEmpty();
    assertThat(hasSecret(spec)).isFalse();
    builds.cancel(spec.id());
  }

  @Test
  void saysThatThePodWasDeleted() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(on.config(UNTIL_TOLD, ""), seen);
    BuildSpec spec = launched(builds, on.app("deleted", "shop"));
    on.awaitRunning(spec);
    on.client.resource(pods(spec).getFirst()).delete();
    assertThat(seen.exit(spec.id()).detail()).isEqualTo(new ExitDetail.PodDeleted());
    assertThat(seen.exit(spec.id()).exitCode()).isNotZero();
  }

  @Test
  void deletingTheSecretEndsTheBuild() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(on.config(UNTIL_TOLD, ""), seen);
    BuildSpec spec = launched(builds, on.app("owner", "shop"));
    on.awaitRunning(spec);
    on.client
        .secrets()
        .inNamespace(on.namespace(spec.app()))
        .withName(BuildObjects.name(spec))
        .delete();
    assertThat(seen.exit(spec.id()).detail()).isEqualTo(new ExitDetail.PodDeleted());
    on.awaitGone(spec);
  }

  @Test
  void saysThatMemoryRanOut() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds = builds(on.config("exec python3 -c 'x = bytearray(500 << 20)'", ""), seen);
    BuildSpec spec = launched(builds, on.app("memory", "shop"));
    BuilderEvent.Exited exit = seen.exit(spec.id());
    assertThat(exit.exitCode()).isEqualTo(137);
    assertThat(exit.detail()).isEqualTo(new ExitDetail.OutOfMemory("64Mi"));
  }

  @Test
  void saysThatTheDiskRanOut() throws Exception {
    SeenEvents seen = new SeenEvents();
    BuildRunner builds =
        builds(on.config("head -c 100M /dev/zero > /work/big; sync; sleep 600", ""), seen);
    BuildSpec spec = launched(builds, on.app("disk", "shop"));
    assertThat(seen.exit(spec.id()).detail())
        .isInstanceOfSatisfying(
            ExitDetail.PodEnded.class,
            end ->
                assertThat(end.detail())
                    .startsWith("Evicted: Usage of EmptyDir volume \"work\" exceeds"));
  }

  @Test
  void saysWhyThereIsNoRoomInTheCluster() throws Exception {
    SeenEvents seen = new SeenEvents();
    ClusterConfig config = on.config(UNTIL_TOLD, "");
    BuildRunner builds =
        builds(
            config.with(
                new BuildSettings(
                    config.builds().program(),
                    new ContainerResources("7", "7", "16Mi", "64Mi"),
                    "64Mi",
                    "64Mi",
                    Duration.ofSeconds(2))),
            seen);
    BuildSpec spec = launched(builds, on.app("full", "shop"));
    seen.notice(
        spec.id(), "Waiting for room in the cluster: 0/1 nodes are available: 1 Insufficient cpu");
    builds.cancel(spec.id());
    assertThat(pods(spec)).isEmpty();
  }

  @Test
  void givesUpAnImageThatCannotBePulled() throws Exception {
    SeenEvents seen = new SeenEvents();
    ClusterConfig config = on.config("", "");
    BuildRunner builds =
        builds(
            config.with(BuildSettings.defaults(ContainerProgram.of("localhost:1/no/such/image:1"))),
            seen);
    BuildSpec spec = launched(builds, on.app("image", "shop"));
    assertThat(seen.exit(spec.id()).detail()).isInstanceOf(ExitDetail.ImageNotPulled.class);
    assertThat(seen.notices(spec.id()))
        .anyMatch(text -> text.startsWith("Pulling the image"))
        .anyMatch(text -> text.startsWith("Kubernetes cannot start the pod: its image cannot be"));
    builds.cancel(spec.id());
    assertThat(pods(spec)).isEmpty();
  }

  @Test
  void whatTheQuotaKeepsOutWaitsForItsTurn() throws Exception {
    SeenEvents seen = new SeenEvents();
    ClusterConfig config = on.config(UNTIL_TOLD, "");
    NamespaceSettings defaults = config.namespaces();
    BuildRunner builds =
        builds(
            config.with(
                new NamespaceSettings(
                    new TreeMap<>(Map.of("pods", "1")),
                    defaults.unspecified(),
                    defaults.network(),
                    defaults.rights(),
                    defaults.pullConfig())),
            seen);
    App app = on.app("quota", "shop");
    BuildSpec first = launched(builds, app);
    BuildSpec second = launched(builds, app);
    BuildSpec third = launched(builds, app);
    seen.notice(second.id(), "Waiting for room in the namespace's quota: exceeded quota: platform");
    seen.notice(third.id(), "quota");
    builds.cancel(third.id());
    on.awaitRunning(first);
    builds.cancel(first.id());
    seen.notice(second.id(), "starts on node");
    assertThat(pods(third)).isEmpty();
    assertThat(hasSecret(third)).isFalse();
    builds.cancel(second.id());
  }

  @Test
  void removesAPodAWhileAfterItsEndAndAFailedOneLater() throws Exception {
    SeenEvents seen = new SeenEvents();
    ClusterConfig config =
        on.config("case $PLATFORM_URL in *ok*) exit 0;; *) exit 30;; esac", "")
            .with(
                new ClusterConfig.Times(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(40),
                    Duration.ofSeconds(1),
                    Duration.ofHours(1)));
    BuildRunner builds = builds(config, seen);
    App app = on.app("sweep", "shop");
    BuildSpec failed = launched(builds, app);
    BuildSpec base = on.build(app);
    BuildSpec succeeded =
        new BuildSpec(
            base.id(),
            app,
            base.origin(),
            base.deadline(),
            base.config(),
            base.token(),
            URI.create("http://ok"));
    builds.launch(succeeded);
    seen.exit(failed.id());
    assertThat(seen.exit(succeeded.id()).exitCode()).isZero();
    on.awaitGone(succeeded);
    assertThat(hasSecret(succeeded)).isFalse();
    assertThat(pods(failed)).hasSize(1);
  }
}
