package io.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSize;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.TerminalSize;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands of users on a real cluster. The runner is a script that does what the real one does. */
@Tag("cluster")
@Timeout(300)
class PodOneOffsIT {
  /** Runs the command that there is one of, as the runner does; else serves as the app. */
  private static final String RUNNER =
      """
      if [ -n "$PLATFORM_COMMAND" ]; then
        command=$PLATFORM_COMMAND EXTRA=$PLATFORM_VAR_EXTRA
        export EXTRA; unset PLATFORM_COMMAND PLATFORM_SLUG
        exec bash -c "$command"
      fi
      cd /app; echo here >file
      exec python3 -c '
      import http.server, os
      http.server.HTTPServer(("", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
      '
      """;

  private static final ProcessName NAME = ProcessName.numbered("run", 4711);

  private OnCluster on;
  private App app;
  private RunSpec release;
  private OneOffProcesses oneOffs;
  private ProcessName web;

  @BeforeEach
  void start() throws Exception {
    on = new OnCluster();
    KubernetesAdapters cluster = on.open(on.config("", RUNNER));
    oneOffs = cluster.oneOffs();
    app = on.app("acme", "shop");
    release = on.release(app, 1, "serve", Release.Status.PENDING);
    assertThat(cluster.apps().apply(release).await((key, text) -> {}))
        .isEqualTo(new RolloutEnd.Live());
    web = cluster.states().of(app).getFirst().name();
  }

  @AfterEach
  void stop() {
    on.close();
  }

  private ExecSpec exec(String command, Optional<TerminalSize> terminal) {
    return new ExecSpec(app, web, command, Map.of("EXTRA", "a b=c&d\u00e4"), terminal);
  }

  private static String read(AttachedProcess process) throws IOException {
    return new String(process.output().readAllBytes(), UTF_8);
  }

  @Test
  void runsACommandInsideAProcess() throws Exception {
    try (AttachedProcess process =
        oneOffs.exec(
            exec("cat /app/file; echo \"$EXTRA\"; echo oops >&2; exit 42", Optional.empty()))) {
      assertThat(read(process)).isEqualTo("here\na b=c&d\u00e4\n");
      assertThat(new String(process.errors().readAllBytes(), UTF_8)).isEqualTo("oops\n");
      assertThat(process.ended().join()).isEqualTo(42);
    }
    try (AttachedProcess killed = oneOffs.exec(exec("kill -9 $$", Optional.empty()))) {
      assertThat(killed.ended().join()).isEqualTo(137);
    }
  }

  @Test
  void carriesBytesBothWaysAndTheEndOfInput() throws Exception {
    byte[] random = new byte[20 << 20];
    new Random(7).nextBytes(random);
    try (AttachedProcess process = oneOffs.exec(exec("cat", Optional.empty()))) {
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try (OutputStream input = process.input()) {
                  input.write(random);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[8192];
      for (int n = process.output().read(chunk); n >= 0; n = process.output().read(chunk)) {
        digest.update(chunk, 0, n);
      }
      writer.join();
      assertThat(HexFormat.of().formatHex(digest.digest()))
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(random)));
      assertThat(process.ended().join()).isZero();
    }
  }

  @Test
  void givesACommandATerminalAndItsSize() throws Exception {
    try (AttachedProcess process =
        oneOffs.exec(
            exec(
                "stty size; trap 'stty size; exit 3' WINCH; echo ready; while :; do sleep 0.1; done",
                Optional.of(new TerminalSize(80, 24))))) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(process.output(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("24 80");
      assertThat(lines.readLine()).isEqualTo("ready");
      process.resize(new TerminalSize(100, 40));
      assertThat(lines.readLine()).isEqualTo("40 100");
      assertThat(process.ended().join()).isEqualTo(3);
    }
    try (AttachedProcess process =
        oneOffs.exec(exec("exec cat", Optional.of(new TerminalSize(80, 24))))) {
      process.input().write(3); // Ctrl-C
      assertThat(process.ended().join()).isEqualTo(130);
    }
  }

  @Test
  void passesSignalsOn() throws Exception {
    try (AttachedProcess process =
        oneOffs.exec(
            exec(
                "trap 'echo told; exit 7' INT; echo ready; while :; do sleep 0.1; done",
                Optional.empty()))) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(process.output(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("ready");
      process.signal(ProcessSignal.INT);
      assertThat(lines.readLine()).isEqualTo("told");
      assertThat(process.ended().join()).isEqualTo(7);
    }
  }

  @Test
  void endsACommandWhoseUserHasGone() throws Exception {
    try (AttachedProcess process =
        oneOffs.exec(
            exec(
                "trap '' HUP; trap 'echo $1 >/app/told; exit' TERM; sleep 999 & echo $! >/app/other; echo ready; wait",
                Optional.empty()))) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(process.output(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("ready");
    }
    try (AttachedProcess watching =
        oneOffs.exec(
            exec(
                "until [ -e /app/told ]; do sleep 0.1; done; while grep -qs 'State:.*[RS] ' /proc/$(cat /app/other)/status; do sleep 0.1; done; echo gone",
                Optional.empty()))) {
      assertThat(read(watching)).isEqualTo("gone\n");
    }
  }

  @Test
  void connectsToAPort() throws Exception {
    for (int port : new int[] {5000, OneOffProcesses.OWN_PORT}) {
      try (AttachedProcess connection = oneOffs.connect(app, web, port)) {
        connection.input().write("GET /file HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        assertThat(read(connection)).startsWith("HTTP/1.0 200").endsWith("here\n");
        assertThat(connection.ended().join()).isZero();
      }
    }
    try (AttachedProcess connection = oneOffs.connect(app, web, 4444)) {
      assertThatThrownBy(() -> connection.ended().join())
          .hasRootCauseInstanceOf(AttachedProcess.Lost.class)
          .hasMessageContaining("does not listen on port 4444");
    }
    assertThatThrownBy(() -> oneOffs.connect(app, new ProcessName("web", "none"), 1))
        .isInstanceOf(NotStarted.class)
        .hasMessage(
            "acme/shop has no process web.none that runs: `platform ps` lists its processes.");
  }

  private OneOffSpec run(String command, Map<String, String> environment, ProcessSize size) {
    return new OneOffSpec(
        release, NAME, command, environment, size, Optional.empty(), Duration.ofHours(1));
  }

  private List<Pod> pods() {
    return on.client
        .pods()
        .inNamespace(on.namespace(app))
        .withLabel("platform.io/one-off")
        .list()
        .getItems();
  }

  private void awaitNoPod() {
    on.client
        .pods()
        .inNamespace(on.namespace(app))
        .withName("shop--run-4711")
        .waitUntilCondition(pod -> pod == null, 120, TimeUnit.SECONDS);
    assertThat(pods()).isEmpty();
    assertThat(on.client.secrets().inNamespace(on.namespace(app)).withName("shop--run-4711").get())
        .isNull();
  }

  @Test
  void runsACommandInAPodOfItsOwn() throws Exception {
    String command =
        "echo $DYNO, $EXTRA, '$(DYNO)'; tr '\\0' '\\n' </proc/1/environ | grep -c ^PLATFORM_TOKEN=; sha256sum; echo oops >&2; exit 42";
    try (AttachedProcess process =
        oneOffs.start(
            run(
                command,
                Map.of("EXTRA", "a b"),
                new ProcessSize(Optional.of(32L << 20), Optional.empty())))) {
      assertThat(oneOffs.list(app))
          .singleElement()
          .satisfies(it -> {
            assertThat(it.state().name()).isEqualTo(NAME);
            assertThat(it.state().status()).isEqualTo(ProcessState.Status.UP);
            assertThat(it.command()).isEqualTo(command);
          });
      assertThat(pods().getFirst().getSpec().getContainers().getFirst().getResources().getLimits())
          .containsEntry("memory", new Quantity("32Mi"));
      process.input().write("x".getBytes(UTF_8));
      process.input().close();
      assertThat(read(process))
          .isEqualTo(
              """
              run.4711, a b, $(DYNO)
              0
              2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  -
              """);
      assertThat(new String(process.errors().readAllBytes(), UTF_8)).isEqualTo("oops\n");
      assertThat(process.ended().join()).isEqualTo(42);
    }
    awaitNoPod();
  }

  @Test
  void endsAOneOffProcessWhoseUserHasGone() throws Exception {
    AttachedProcess process =
        oneOffs.start(
            run(
                "trap '' HUP; trap 'echo term; exit 3' TERM; echo ready; sleep 1000 & wait",
                Map.of(),
                ProcessSize.STANDARD));
    BufferedReader lines = new BufferedReader(new InputStreamReader(process.output(), UTF_8));
    assertThat(lines.readLine()).isEqualTo("ready");
    assertThat(oneOffs.stop(app, NAME)).isTrue();
    assertThat(lines.readLine()).isEqualTo("term");
    assertThat(process.ended().join()).isEqualTo(3);
    awaitNoPod();
    process.close();

    AttachedProcess left =
        oneOffs.start(run("trap '' HUP; sleep 1000", Map.of(), ProcessSize.STANDARD));
    left.close();
    awaitNoPod();
    assertThat(oneOffs.stop(app, NAME)).isFalse();

    try (AttachedProcess orphan =
        oneOffs.start(run("sleep 1000", Map.of(), ProcessSize.STANDARD))) {
      on.open(on.config("", RUNNER)).oneOffs();
      awaitNoPod();
      assertThat(orphan.ended().handle((code, lost) -> true).join()).isTrue();
    }
  }

  @Test
  void runsOneThatNobodyIsConnectedTo() throws Exception {
    oneOffs.startDetached(
        run("echo report; exec sleep 1000", Map.of("EXTRA", "x"), ProcessSize.STANDARD));
    PodResource pod = on.client.pods().inNamespace(on.namespace(app)).withName("shop--run-4711");
    pod.waitUntilReady(60, TimeUnit.SECONDS);
    assertThat(oneOffs.list(app)).hasSize(1);
    try (LogWatch log = pod.watchLog()) {
      assertThat(new BufferedReader(new InputStreamReader(log.getOutput(), UTF_8)).readLine())
          .isEqualTo("report");
    }
    assertThat(oneOffs.stop(app, NAME)).isTrue();
    awaitNoPod();
  }

  @Test
  void saysWhyOneDoesNotStart() throws Exception {
    assertThatThrownBy(() ->
            oneOffs.start(
                run(
                    "ls",
                    Map.of("EXTRA", "x"),
                    new ProcessSize(Optional.empty(), Optional.of(900_000)))))
        .isInstanceOf(NotStarted.class)
        .hasMessageMatching(
            "There is no room in the namespace's quota: exceeded quota: .*--size.*");
    ClusterConfig config = on.config("", RUNNER);
    AppSettings apps = config.apps();
    AppSettings noImage =
        new AppSettings(
            new ContainerProgram("platform-test/none:1", "Never", List.of("true"), List.of()),
            apps.resources(),
            apps.appSize(),
            apps.tmpSize(),
            apps.port(),
            apps.steady(),
            apps.boot(),
            apps.drain(),
            apps.grace(),
            apps.ingress());
    OneOffProcesses without = on.open(config.with(noImage)).oneOffs();
    assertThatThrownBy(() -> without.start(run("ls", Map.of(), ProcessSize.STANDARD)))
        .isInstanceOf(NotStarted.class)
        .hasMessageMatching("Its image cannot be pulled \\(ErrImageNeverPull: .*\\)\\. Contact .*");
    awaitNoPod();
  }
}
