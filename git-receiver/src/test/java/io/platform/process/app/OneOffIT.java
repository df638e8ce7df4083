package io.platform.process.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSize;
import io.platform.domain.ProcessState;
import io.platform.domain.RolloutEnd.Live;
import io.platform.domain.TerminalSize;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.domain.port.OneOffProcesses.RunningOneOff;
import io.platform.domain.port.OneOffSpec;
import io.platform.domain.port.ProcessSignal;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands of users beside and inside the processes of an app. */
@Timeout(120)
class OneOffIT {
  private static final ProcessName NAME = ProcessName.numbered("run", 4711);
  private static final int LARGE = 5 << 20;

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void runsACommandWithTheAppsConfigItsOwnNameAndNoPort(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      String command =
          "echo $GREETING $OWN $DYNO ${PORT:-none} ${PLATFORM_TOKEN:-none}; echo wrong >&2; exit 42";
      try (AttachedProcess process = start(machine, command, Optional.empty())) {
        process.input().close();
        assertThat(text(process.output())).isEqualTo("hello own run.4711 none none\n");
        assertThat(text(process.errors())).isEqualTo("wrong\n");
        assertThat(process.ended().join()).isEqualTo(42);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void passesBytesThroughPipesUnchangedAndTheEndOfInput(Isolation isolation) throws Exception {
    byte[] bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    try (OneMachine machine = machine(isolation);
        AttachedProcess process = start(machine, "cat", Optional.empty())) {
      CompletableFuture<Void> written = write(process, bytes);
      byte[] back = process.output().readAllBytes();
      written.join();
      assertThat(Arrays.equals(back, bytes)).isTrue();
      assertThat(process.ended().join()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void givesATerminalWithSizeJobControlAndKeys(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation);
        AttachedProcess process =
            start(
                machine,
                "exec bash --norc --noprofile -i",
                Optional.of(new TerminalSize(101, 33)))) {
      Screen screen = new Screen(process);
      screen.type("stty size; echo ready$((1+1))\n");
      screen.await("33 101");
      screen.await("ready2");
      screen.type("sleep 1000\n");
      OneMachine.eventually(() -> !OneMachine.runningNamed("sleep\0001000").isEmpty());
      screen.type("\u0003");
      OneMachine.eventually(() -> OneMachine.runningNamed("sleep\0001000").isEmpty());
      screen.type("echo status$?\n");
      screen.await("status130");
      process.resize(new TerminalSize(120, 40));
      screen.type("stty size\n");
      screen.await("40 120");
      screen.type("exit 42\n");
      assertThat(process.ended().join()).isEqualTo(42);
      screen.awaitEnd();
    }
  }

  @Test
  void showsAllThatATerminalWasWrittenBeforeTheProcessEnded() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE);
        AttachedProcess process =
            start(
                machine,
                "stty -opost; head -c 3000000 /dev/zero | tr '\\0' x; echo end",
                Optional.of(new TerminalSize(80, 24)))) {
      byte[] all = process.output().readAllBytes();
      assertThat(all).hasSize(3_000_000 + 4);
      assertThat(new String(all, all.length - 4, 4, UTF_8)).isEqualTo("end\n");
    }
  }

  @Test
  void hasItsFilesFromTheSlugAloneAndIsListedUntilItIsStopped() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE)) {
      RunSpec release = release(machine);
      AttachedProcess process =
          machine
              .processes
              .oneOffs()
              .start(spec(release, "echo up; exec sleep 1000", Optional.empty()));
      assertThat(process.output().read()).isEqualTo('u');
      assertThat(machine.processes.oneOffs().list(release.app()))
          .singleElement()
          .satisfies(one -> {
            assertThat(one.command()).isEqualTo("echo up; exec sleep 1000");
            assertThat(one.state().name()).isEqualTo(NAME);
            assertThat(one.state().status()).isEqualTo(ProcessState.Status.UP);
          });
      assertThat(machine.processes.states().of(release.app())).isEmpty();
      assertThat(machine.processes.oneOffs().stop(release.app(), NAME)).isTrue();
      assertThat(process.ended().join()).isIn(128 + 15, 128 + 1);
      OneMachine.eventually(() -> machine.processes.oneOffs().list(release.app()).isEmpty());
      assertThat(machine.processes.oneOffs().stop(release.app(), NAME)).isFalse();
      assertThat(data.resolve("work/apps/team/shop/run-4711")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void leavesNothingWhenItsUserGoes(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      AttachedProcess process =
          start(machine, "sleep 2001 & setsid sleep 2001 & echo up; wait", Optional.empty());
      assertThat(process.output().read()).isEqualTo('u');
      process.close();
      process.ended().join();
      OneMachine.eventually(() -> OneMachine.runningNamed("sleep\0002001").isEmpty());
    }
  }

  @Test
  void sendsSignals() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE);
        AttachedProcess process =
            start(
                machine,
                "trap 'echo got; exit 7' USR1; echo up; while :; do sleep 0.02; done",
                Optional.empty())) {
      assertThat(process.output().readNBytes(3)).isEqualTo("up\n".getBytes(UTF_8));
      process.signal(ProcessSignal.USR1);
      assertThat(process.ended().join()).isEqualTo(7);
    }
  }

  @Test
  void endsAfterItsLifetime() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE)) {
      OneOffSpec spec = spec(release(machine), "exec sleep 1000", Optional.empty());
      try (AttachedProcess process =
          machine
              .processes
              .oneOffs()
              .start(
                  new OneOffSpec(
                      spec.run(),
                      spec.name(),
                      spec.command(),
                      spec.environment(),
                      spec.size(),
                      spec.terminal(),
                      Duration.ofMillis(300)))) {
        assertThat(process.ended().join()).isGreaterThan(128);
        assertThat(process.detail()).isEqualTo(new ExitDetail.TimeUp(Duration.ofMillis(300)));
      }
    }
  }

  @Test
  void writesWhatADetachedOneSaysToTheAppsLog() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE)) {
      RunSpec release = release(machine);
      machine
          .processes
          .oneOffs()
          .startDetached(spec(release, "echo migrated; exit 3", Optional.empty()));
      machine.awaitAppLog(
          "shop",
          log ->
              assertThat(log)
                  .contains("app run.4711 migrated")
                  .contains("platform run.4711 The process run.4711 was started: echo migrated")
                  .contains("platform run.4711 The process run.4711 exited with code 3"));
      OneMachine.eventually(() -> machine.processes.oneOffs().list(release.app()).isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void runsACommandInsideAProcess(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      RunSpec release = release(machine);
      assertThat(machine.rollOut(release)).isEqualTo(new Live());
      Files.writeString(machine.appDirectory(release).resolve("made-by-the-app"), "its file");
      String command =
          "cat made-by-the-app; echo; echo $GREETING $DYNO $OWN; grep -c . /proc/self/status >/dev/null; pgrep -x node >/dev/null && echo sees node; exit 9";
      try (AttachedProcess process =
          machine
              .processes
              .oneOffs()
              .exec(
                  new ExecSpec(
                      release.app(),
                      ProcessName.numbered("web", 1),
                      command,
                      Map.of("OWN", "own"),
                      Optional.empty()))) {
        process.input().close();
        assertThat(text(process.output())).isEqualTo("its file\nhello web.1 own\nsees node\n");
        assertThat(process.ended().join()).isEqualTo(9);
      }
      assertThat(machine.processes.states().of(release.app()))
          .singleElement()
          .satisfies(state -> assertThat(state.restarts()).isZero());
    }
  }

  @Test
  void givesATerminalInsideAProcess() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE)) {
      RunSpec release = release(machine);
      assertThat(machine.rollOut(release)).isEqualTo(new Live());
      try (AttachedProcess process =
          exec(
              machine,
              release,
              "exec bash --norc --noprofile -i",
              Optional.of(new TerminalSize(101, 33)))) {
        Screen screen = new Screen(process);
        screen.type("stty size\n");
        screen.await("33 101");
        screen.type("sleep 1000\n");
        OneMachine.eventually(() -> !OneMachine.runningNamed("sleep\0001000").isEmpty());
        screen.type("\u0003");
        OneMachine.eventually(() -> OneMachine.runningNamed("sleep\0001000").isEmpty());
        screen.type("exit 5\n");
        assertThat(process.ended().join()).isEqualTo(5);
        screen.awaitEnd();
        assertThat(screen.text()).doesNotContain("no job control");
      }
    }
  }

  @Test
  void cannotDoMoreInsideAProcessThanTheProcessItself() throws Exception {
    try (OneMachine machine = machine(Isolation.REQUIRED)) {
      RunSpec release = release(machine);
      assertThat(machine.rollOut(release)).isEqualTo(new Live());
      try (AttachedProcess process =
          exec(
              machine,
              release,
              "grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status | tr -s '\\t ' ' '; id -u; unshare -U true 2>&1 | tail -c 24; ls "
                  + data
                  + " 2>&1 | tail -c 26",
              Optional.empty())) {
        process.input().close();
        assertThat(text(process.output()))
            .contains("CapEff: 0000000000000000", "NoNewPrivs: 1", "Seccomp: 2", "1000")
            .contains("Operation not permitted", "No such file or directory");
      }
    }
  }

  @Test
  void stopsWhatRunsInsideAProcessWhenItsUserGoesAndNotTheProcess() throws Exception {
    try (OneMachine machine = machine(Isolation.REQUIRED)) {
      RunSpec release = release(machine);
      assertThat(machine.rollOut(release)).isEqualTo(new Live());
      AttachedProcess process =
          exec(
              machine,
              release,
              "trap '' HUP TERM; echo up; sleep 3001 & wait",
              Optional.of(new TerminalSize(80, 24)));
      assertThat(process.output().read()).isEqualTo('u');
      process.close();
      OneMachine.eventually(() -> OneMachine.runningNamed("sleep\0003001").isEmpty());
      assertThat(machine.processes.states().of(release.app()))
          .singleElement()
          .satisfies(state -> assertThat(state.restarts()).isZero());
    }
  }

  @Test
  void connectsToThePortsOfAProcessAndToNoOthers() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE)) {
      RunSpec release = release(machine);
      assertThat(machine.rollOut(release)).isEqualTo(new Live());
      ProcessName web = ProcessName.numbered("web", 1);
      int port = machine.traffic.awaitRoute("shop-team.localhost", 0).getPort();
      try (AttachedProcess connection =
          machine.processes.oneOffs().connect(release.app(), web, port)) {
        connection.input().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        assertThat(text(connection.output())).endsWith("page");
        assertThat(connection.ended().join()).isZero();
      }
      try (java.net.ServerSocket other = new java.net.ServerSocket(0)) {
        assertThatThrownBy(
                () -> machine.processes.oneOffs().connect(release.app(), web, other.getLocalPort()))
            .isInstanceOf(NotStarted.class)
            .hasMessageContaining("web.1 does not listen on port " + other.getLocalPort());
      }
    }
  }

  @Test
  void endsWithItsApp() throws Exception {
    try (OneMachine machine = machine(Isolation.WHERE_POSSIBLE)) {
      RunSpec release = release(machine);
      AttachedProcess process =
          machine
              .processes
              .oneOffs()
              .start(spec(release, "echo up; exec sleep 1000", Optional.empty()));
      assertThat(process.output().read()).isEqualTo('u');
      machine.processes.apps().remove(release.app());
      assertThat(process.ended()).isDone();
      assertThat(machine.processes.oneOffs().list(release.app()))
          .extracting(RunningOneOff::command)
          .isEmpty();
    }
  }

  private OneMachine machine(Isolation isolation) throws IOException {
    return new OneMachine(data, OneMachine.settings(data, isolation, ""));
  }

  private static RunSpec release(OneMachine machine) {
    return machine.release(
        "shop",
        Map.of("web", OneMachine.node("\"page\"", "")),
        Map.of("GREETING", "hello"),
        io.platform.domain.Release.Status.PENDING);
  }

  private static AttachedProcess start(
      OneMachine machine, String command, Optional<TerminalSize> terminal) throws Exception {
    return machine.processes.oneOffs().start(spec(release(machine), command, terminal));
  }

  /** Runs a command inside web.1. */
  private static AttachedProcess exec(
      OneMachine machine, RunSpec release, String command, Optional<TerminalSize> terminal)
      throws Exception {
    return machine
        .processes
        .oneOffs()
        .exec(
            new ExecSpec(
                release.app(), ProcessName.numbered("web", 1), command, Map.of(), terminal));
  }

  private static OneOffSpec spec(RunSpec run, String command, Optional<TerminalSize> terminal) {
    return new OneOffSpec(
        run,
        NAME,
        command,
        Map.of("OWN", "own"),
        ProcessSize.STANDARD,
        terminal,
        Duration.ofHours(1));
  }

  private static CompletableFuture<Void> write(AttachedProcess process, byte[] bytes) {
    return CompletableFuture.runAsync(() -> {
      try (OutputStream input = process.input()) {
        input.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), UTF_8);
  }

  /** What a person sees and types. */
  private static final class Screen {
    private final AttachedProcess process;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Thread reader;

    Screen(AttachedProcess process) {
      this.process = process;
      this.reader = Thread.ofPlatform().start(this::read);
    }

    private void read() {
      try {
        process.output().transferTo(shown);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void type(String keys) throws IOException {
      process.input().write(keys.getBytes(UTF_8));
    }

    void await(String text) {
      OneMachine.eventually(() -> shown.toString(UTF_8).contains(text));
    }

    String text() {
      return shown.toString(UTF_8);
    }

    void awaitEnd() throws InterruptedException {
      reader.join();
    }
  }
}
