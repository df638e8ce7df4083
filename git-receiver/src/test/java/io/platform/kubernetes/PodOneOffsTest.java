package io.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.domain.App;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSize;
import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.domain.port.OneOffSpec;
import io.platform.domain.port.ProcessSignal;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.desired.AppSettings;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of users on a cluster that is simulated; the commands are real processes. */
@Timeout(120)
class PodOneOffsTest {
  private static final ProcessName NAME = ProcessName.numbered("run", 4711);

  @TempDir Path directory;
  private SimulatedCluster cluster;
  private SimulatedKubelet kubelet;
  private KubernetesAdapters adapters;
  private OneOffProcesses oneOffs;
  private RunSpec release;
  private ProcessName web;

  @BeforeEach
  void start() throws Exception {
    cluster = new SimulatedCluster();
    kubelet = new SimulatedKubelet(cluster);
    ContainerProgram runner =
        new ContainerProgram(
            "runner:1",
            "IfNotPresent",
            List.of("bash", "-c", "exec bash -c \"${PLATFORM_COMMAND:-cat}\""),
            List.of());
    adapters =
        KubernetesAdapters.open(
            ClusterConfig.of(
                    new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
                    ContainerProgram.of("runner:1", "builder"),
                    runner)
                .with(kubelet.kubeconfig(directory))
                .with(
                    AppSettings.defaults(runner)
                        .with(new AppSettings.Ingress("nginx", Optional.empty(), Map.of()))));
    oneOffs = adapters.oneOffs();
    release = release();
    assertThat(adapters.apps().apply(release).await((key, text) -> {}))
        .isEqualTo(new RolloutEnd.Live());
    web = adapters.states().of(release.app()).getFirst().name();
  }

  @AfterEach
  void stop() throws Exception {
    adapters.close();
    kubelet.close();
    cluster.close();
  }

  private AttachedProcess exec(String command) throws NotStarted {
    return oneOffs.exec(
        new ExecSpec(release.app(), web, command, Map.of("A", "b c"), Optional.empty()));
  }

  private OneOffSpec run() {
    return new OneOffSpec(
        release,
        NAME,
        "cat",
        Map.of("A", "b c"),
        ProcessSize.STANDARD,
        Optional.empty(),
        Duration.ofHours(1));
  }

  private static String text(AttachedProcess process) throws IOException {
    return new String(process.output().readAllBytes(), UTF_8);
  }

  @Test
  void runsACommandInsideAProcess() throws Exception {
    try (AttachedProcess process =
        exec("cat; echo $PLATFORM_INSIDE $PLATFORM_VAR_A; echo oops >&2; exit 42")) {
      byte[] input = new byte[3 << 20];
      input[input.length - 1] = 'x';
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  process.input().write(input);
                  process.input().close();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(process.output().readNBytes(input.length)).isEqualTo(input);
      assertThat(text(process)).isEqualTo("true b c\n");
      writer.join();
      assertThat(new String(process.errors().readAllBytes(), UTF_8)).isEqualTo("oops\n");
      assertThat(process.ended().join()).isEqualTo(42);
    }
    assertThatThrownBy(() ->
            oneOffs.exec(
                new ExecSpec(
                    release.app(),
                    new ProcessName("web", "none"),
                    "ls",
                    Map.of(),
                    Optional.empty())))
        .isInstanceOf(NotStarted.class)
        .hasMessage(
            "acme/shop has no process web.none that runs: `platform ps` lists its processes.");
  }

  @Test
  void hasNeitherTheCommandNorItsVariablesInTheAddressOfARequest() throws Exception {
    String secret = "s3cret\nof two lines ".repeat(1000);
    try (AttachedProcess process =
        oneOffs.exec(
            new ExecSpec(
                release.app(),
                web,
                "echo -n \"$PLATFORM_VAR_KEY\"; cat",
                Map.of("KEY", secret, "EMPTY", ""),
                Optional.empty()))) {
      process.input().write("typed".getBytes(UTF_8));
      process.input().close();
      assertThat(text(process)).isEqualTo(secret + "typed");
      assertThat(process.ended().join()).isZero();
    }
    assertThat(kubelet.commands()).isNotEmpty().noneMatch(it -> it.contains("s3cret"));
    assertThat(kubelet.commands()).noneMatch(it -> it.contains("VAR_KEY"));
  }

  @Test
  void passesSignalsOnAndEndsWhatItsUserHasLeft() throws Exception {
    AttachedProcess process =
        exec(
            "trap 'echo int' INT; trap '' HUP; trap 'echo term; exit 3' TERM; echo ready; while :; do sleep 0.1; done");
    BufferedReader lines = new BufferedReader(new InputStreamReader(process.output(), UTF_8));
    assertThat(lines.readLine()).isEqualTo("ready");
    process.signal(ProcessSignal.INT);
    assertThat(lines.readLine()).isEqualTo("int");
    ProcessHandle command = kubelet.started("until IFS=");
    process.close();
    command.onExit().join();
    process.close();
  }

  @Test
  void endsWhatItsUserHasLeftAlsoWhereTheNodeDoesNotAnswerAtFirst() throws Exception {
    AttachedProcess process = exec("echo ready; exec sleep 1000");
    assertThat(process.output().read()).isEqualTo('r');
    ProcessHandle command = kubelet.started("until IFS=");
    kubelet.breakOff();
    process.close();
    command.onExit().join();
  }

  @Test
  void sendsManySignalsOneAfterTheOther() throws Exception {
    try (AttachedProcess process =
        exec("trap 'echo usr' USR1; trap 'exit 3' TERM; echo ready; while :; do sleep 0.1; done")) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(process.output(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("ready");
      int before = kubelet.started();
      for (int i = 0; i < 300; i++) {
        process.signal(ProcessSignal.USR1);
      }
      assertThat(lines.readLine()).isEqualTo("usr");
      process.signal(ProcessSignal.TERM);
      assertThat(process.ended().join()).isEqualTo(3);
      assertThat(kubelet.started() - before).isBetween(2, 20);
    }
  }

  @Test
  void takesNothingFromARunningOneWhoseNameItGets() throws Exception {
    try (AttachedProcess first = oneOffs.start(run())) {
      assertThatThrownBy(() -> oneOffs.start(run()))
          .isInstanceOf(NotStarted.class)
          .hasMessageContaining("Its name is taken");
      assertThat(cluster.all("secrets")).containsKey("shop--run-4711");
      first.input().close();
      assertThat(first.ended().join()).isZero();
    }
  }

  @Test
  void runsAOneOffProcessInAPodThatGoesWithIt() throws Exception {
    try (AttachedProcess process = oneOffs.start(run())) {
      assertThat(oneOffs.list(release.app()))
          .singleElement()
          .satisfies(it -> {
            assertThat(it.state().name()).isEqualTo(NAME);
            assertThat(it.command()).isEqualTo("cat");
          });
      assertThat(adapters.states().of(release.app())).noneMatch(state -> state.name().equals(NAME));
      assertThat(cluster.all("secrets")).containsKey("shop--run-4711");
      process.input().write("through".getBytes(UTF_8));
      process.input().close();
      assertThat(text(process)).isEqualTo("through");
      assertThat(process.ended().join()).isZero();
    }
    cluster.awaitHistory("DELETE run pod");
    assertThat(oneOffs.list(release.app())).isEmpty();
    assertThat(oneOffs.stop(release.app(), NAME)).isFalse();
  }

  @Test
  void startsACommandWhenItsSlugIsThere() throws Exception {
    cluster.holdInit("run");
    int before = kubelet.started();
    FutureTask<String> run =
        new FutureTask<>(() -> {
          try (AttachedProcess process = oneOffs.start(run())) {
            process.input().close();
            return "ended with %d".formatted(process.ended().join());
          }
        });
    Thread.ofVirtual().start(run);
    cluster.awaitHistory("POST shop--run-4711");
    assertThat(kubelet.started()).isEqualTo(before);
    cluster.finishInit("run");
    assertThat(run.get()).isEqualTo("ended with 0");
  }

  @Test
  void saysWhyACommandHasNoSlug() {
    cluster.failInit("run", 103, "       Trying again\n !     The slug could not be fetched.");
    assertThatThrownBy(() -> oneOffs.start(run()))
        .isInstanceOf(NotStarted.class)
        .hasMessage(
            "Its slug could not be fetched (The slug could not be fetched). Try again; if this keeps failing, contact your administrator.");
  }

  @Test
  void tellsThatACommandNeededMoreMemoryThanItMayHave() throws Exception {
    ExitDetail limit = new ExitDetail.OutOfMemory("512Mi");
    try (AttachedProcess process = oneOffs.start(run())) {
      process.signal(ProcessSignal.KILL);
      assertThat(process.ended().join()).isEqualTo(137);
      assertThat(process.detail()).isEqualTo(new ExitDetail.Unknown());
      kubelet.outOfMemory(Optional.of(true)); // as where the kernel killed the command alone
      assertThat(process.detail()).isEqualTo(limit);
      kubelet.outOfMemory(Optional.empty()); // as where it killed the whole container
      cluster.finish("shop--run-4711", 137, "OOMKilled");
      assertThat(process.detail()).isEqualTo(limit);
    }
  }

  @Test
  void keepsADetachedOneUntilItIsStopped() throws Exception {
    oneOffs.startDetached(run());
    JsonNode pod = requireNonNull(cluster.all("pods").get("shop--run-4711"));
    assertThat(pod.at("/spec/restartPolicy").asText()).isEqualTo("Never");
    assertThat(oneOffs.list(release.app())).hasSize(1);
    assertThat(oneOffs.stop(release.app(), NAME)).isTrue();
    assertThat(cluster.all("pods")).doesNotContainKey("shop--run-4711");
    assertThat(cluster.all("secrets")).doesNotContainKey("shop--run-4711");
  }

  @Test
  void removesWhatAKilledServerLeft() throws Exception {
    AttachedProcess lost = oneOffs.start(run());
    try (KubernetesAdapters next =
        KubernetesAdapters.open(
            ClusterConfig.of(
                    new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"),
                    ContainerProgram.of("runner:1", "builder"),
                    ContainerProgram.of("runner:1", "runner"))
                .with(kubelet.kubeconfig(directory)))) {
      next.oneOffs();
      cluster.awaitHistory("DELETE run pod");
    }
    lost.close();
  }

  @Test
  void connectsToAPort() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              byte[] asked = socket.getInputStream().readNBytes(4);
              socket.getOutputStream().write(asked);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      try (AttachedProcess connection =
          oneOffs.connect(release.app(), web, server.getLocalPort())) {
        connection.input().write("ping".getBytes(UTF_8));
        assertThat(text(connection)).isEqualTo("ping");
        assertThat(connection.ended().join()).isZero();
      }
    }
    try (AttachedProcess connection = oneOffs.connect(release.app(), web, 1)) {
      assertThatThrownBy(() -> connection.ended().join())
          .hasRootCauseInstanceOf(AttachedProcess.Lost.class)
          .hasMessageContaining(web + " does not listen on port 1.");
    }
  }

  private static RunSpec release() {
    App app = AppBuilder.of("1hc0e2w000app", "customer-1", "acme", "shop").build();
    Release release =
        ReleaseBuilder.of("1hc0e2wreleas", app.id(), 1).status(Release.Status.LIVE).build();
    return new RunSpec(app, release, "token", URI.create("http://platform.example.com"));
  }
}
