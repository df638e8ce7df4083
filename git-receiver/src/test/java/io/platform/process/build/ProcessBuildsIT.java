package io.platform.process.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.ExitDetail;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.BuilderEvent.Exited;
import io.platform.domain.port.BuilderEvent.Noticed;
import io.platform.domain.port.BuilderEvent.Started;
import io.platform.failure.FailureMessages;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.KernelLimits;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ProcessBuildsIT {
  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void tellsHowABuilderEnds(Isolation isolation) throws Exception {
    try (OneMachine machine =
        machine(isolation, "case $PLATFORM_BUILD in k) kill -9 $$;; *) exit 30;; esac")) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      machine.processes.builds().launch(machine.build("b"));
      assertThat(next(events)).isEqualTo(new Started(new BuildId("b")));
      assertThat(next(events))
          .isInstanceOfSatisfying(
              Exited.class,
              end -> {
                assertThat(end.exitCode()).isEqualTo(30);
                assertThat(end.detail()).isEqualTo(new ExitDetail.Unknown());
              });
      machine.processes.builds().launch(machine.build("k"));
      assertThat(next(events)).isEqualTo(new Started(new BuildId("k")));
      assertThat(next(events))
          .isInstanceOfSatisfying(
              Exited.class,
              end -> {
                assertThat(end.exitCode()).isEqualTo(137);
                assertThat(sentence(end)).contains("it was killed by SIGKILL");
              });
      assertThat(machine.data.resolve("work/builds")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void tellsALateWatcherTheCurrentStateFirst(Isolation isolation) throws Exception {
    String mark = "going-" + System.nanoTime();
    String script = "[ $PLATFORM_BUILD = done ] || exec -a %s sleep 1000".formatted(mark);
    try (OneMachine machine = machine(isolation, script)) {
      BlockingQueue<BuilderEvent> early = watch(machine);
      machine.processes.builds().launch(machine.build("done"));
      next(early);
      next(early);
      machine.processes.builds().launch(machine.build("going"));
      BlockingQueue<BuilderEvent> late = watch(machine);
      assertThat(next(late)).isInstanceOf(Exited.class);
      assertThat(next(late)).isEqualTo(new Started(new BuildId("going")));
      OneMachine.eventually(() -> !named(mark).isEmpty()); // before, it would not hear SIGTERM
      machine.processes.builds().cancel(new BuildId("going"));
      assertThat(next(late))
          .isInstanceOfSatisfying(Exited.class, end -> assertThat(end.exitCode()).isEqualTo(143));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void cancelsWhatIgnoresSigtermAndWhatRanAway(Isolation isolation) throws Exception {
    String mark = "runaway-" + System.nanoTime();
    String script =
        """
        trap '' TERM
        nohup setsid bash -c 'trap "" TERM; (exec -a %1$s-1 sleep 1000)' >/dev/null 2>&1 &
        ( ( exec -a %1$s-2 sleep 1000 ) & )
        ( setsid bash -c 'trap "" TERM; exec -a %1$s-3 sleep 1000' & )
        exec -a %1$s-4 sleep 1000
        """
            .formatted(mark);
    try (OneMachine machine = machine(isolation, script)) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      OneMachine.eventually(() -> named(mark).size() >= 4);
      machine.processes.builds().cancel(new BuildId("b"));
      assertThat(named(mark)).isEmpty();
      assertThat(next(events))
          .isInstanceOfSatisfying(Exited.class, end -> assertThat(end.exitCode()).isEqualTo(137));
      assertThat(machine.data.resolve("work/builds")).isEmptyDirectory();
      machine.processes.builds().cancel(new BuildId("b"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void tellsABuilderThatWasStoppedThatItIsCanceled(Isolation isolation) throws Exception {
    String script =
        """
        trap 'exit 30' TERM
        touch "$PLATFORM_WORK/stopped"
        kill -STOP $BASHPID
        while :; do sleep 1000 & wait $!; done
        """;
    ProcessSettings settings =
        OneMachine.settings(data, isolation, script)
            .with(
                new ProcessSettings.Builds(
                    1, Duration.ofSeconds(100), new ProcessSettings.Limits(0, 4096, 0)));
    try (OneMachine machine = new OneMachine(data, settings)) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      OneMachine.eventually(
          () -> Files.exists(machine.data.resolve("work/builds/b/work/stopped")) && isStopped());
      machine.processes.builds().cancel(new BuildId("b"));
      assertThat(next(events))
          .isInstanceOfSatisfying(Exited.class, end -> assertThat(end.exitCode()).isEqualTo(30));
    }
  }

  private static boolean isStopped() {
    return ProcessHandle.current()
        .descendants()
        .anyMatch(process -> {
          try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), ISO_8859_1)
                .contains(") T ");
          } catch (IOException gone) {
            return false;
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void endsWhatABuilderLeavesBehind(Isolation isolation) throws Exception {
    String mark = "leftover-" + System.nanoTime();
    String script =
        "( setsid bash -c 'exec -a %s sleep 1000' & ); while ! pgrep -f ^%s >/dev/null; do sleep 0.01; done; exit 3"
            .formatted(mark, mark);
    try (OneMachine machine = machine(isolation, script)) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      assertThat(next(events))
          .isInstanceOfSatisfying(Exited.class, end -> assertThat(end.exitCode()).isEqualTo(3));
      assertThat(named(mark)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void letsBuildsWaitForTheirTurn(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation, "exec sleep 1000")) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      for (String id : List.of("a", "b", "c", "d")) {
        machine.processes.builds().launch(machine.build(id));
      }
      assertThat(List.of(next(events), next(events)))
          .containsExactly(new Started(new BuildId("a")), new Started(new BuildId("b")));
      assertThat(List.of(next(events), next(events)))
          .allSatisfy(event -> assertThat(event).isInstanceOf(Noticed.class));
      machine.processes.builds().cancel(new BuildId("c"));
      assertThat(next(events)).isInstanceOf(Exited.class);
      machine.processes.builds().cancel(new BuildId("a"));
      List<BuilderEvent> after = new ArrayList<>(List.of(next(events), next(events)));
      assertThat(after.getFirst().build()).isEqualTo(new BuildId("a"));
      assertThat(after.getLast()).isEqualTo(new Started(new BuildId("d")));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void givesABuilderACleanEnvironmentAndItsDirectories(Isolation isolation) throws Exception {
    String script =
        """
        env -0 | sort -z | tr '\\0' '\\n' > "$PLATFORM_WORK/env"
        [ "$(ulimit -c)" = 0 ] && [ "$(ulimit -n)" = 4096 ] && [ "$(umask)" = 0022 ] || exit 5
        touch "$HOME/x" "$TMPDIR/x" "$PLATFORM_TERMINATION_LOG" || exit 4
        exec sleep 1000
        """;
    try (OneMachine machine = machine(isolation, script)) {
      machine.processes.builds().launch(machine.build("b"));
      Path env = machine.data.resolve("work/builds/b/work/env");
      Path log = machine.data.resolve("work/builds/b/report/report.json");
      OneMachine.eventually(() -> Files.exists(log));
      List<String> names =
          Files.readAllLines(env).stream()
              .map(line -> line.substring(0, line.indexOf('=')))
              .toList();
      assertThat(names)
          .contains(
              "PLATFORM_URL",
              "PLATFORM_BUILD",
              "PLATFORM_TOKEN",
              "PLATFORM_WORK",
              "PLATFORM_VAR_GREETING",
              "PATH",
              "HOME",
              "LANG",
              "TMPDIR")
          .allSatisfy(name ->
              assertThat(name)
                  .matches(
                      "PLATFORM_(URL|BUILD|TOKEN|WORK|TERMINATION_LOG|VAR_GREETING)|PATH|HOME|LANG|TMPDIR|USER|LOGNAME|SHELL"
                          + "|PYTHONUNBUFFERED|PWD|OLDPWD|SHLVL|_|APP_INSTANCE"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void readsOutputWithoutEnd(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation, "head -c 50000000 /dev/zero; exit 30")) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      assertThat(next(events))
          .isInstanceOfSatisfying(Exited.class, end -> assertThat(end.exitCode()).isEqualTo(30));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void endsABuildThatTakesTooMuchOfTheDisk(Isolation isolation) throws Exception {
    String script =
        """
        trap '' TERM
        for i in 1 2 3; do head -c 15000000 /dev/zero > "$TMPDIR/$i"; done
        exec sleep 1000
        """;
    try (OneMachine machine = limited(isolation, script)) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      assertThat(next(events))
          .isInstanceOfSatisfying(
              Exited.class,
              end ->
                  assertThat(sentence(end))
                      .containsPattern(
                          "it was ended because its files take 4\\d MB of the disk, and it may have 30 MB"));
      assertThat(machine.data.resolve("work/builds")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void letsNoFileGrowBeyondWhatABuildMayHave(Isolation isolation) throws Exception {
    String script =
        "head -c 90000000 /dev/zero > \"$TMPDIR/x\"; [ $(stat -c %s \"$TMPDIR/x\") = 31457280 ] && exit 30";
    try (OneMachine machine = limited(isolation, script)) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      assertThat(next(events))
          .isInstanceOfSatisfying(Exited.class, end -> assertThat(end.exitCode()).isEqualTo(30));
    }
  }

  @Test
  void limitsTheProcessesOfASandbox() throws Exception {
    ProcessSettings.Limits limits = new ProcessSettings.Limits(0, 4096, 0, 777, 0);
    ProcessSettings settings =
        OneMachine.settings(data, Isolation.REQUIRED, "echo $(ulimit -u); exit 99")
            .with(new ProcessSettings.Builds(1, Duration.ofSeconds(100), limits));
    try (OneMachine machine = new OneMachine(data, settings)) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      boolean counts = KernelLimits.countsByUserNamespace();
      assertThat(next(events))
          .isInstanceOfSatisfying(
              Exited.class,
              end ->
                  assertThat(end.detail().equals(new ExitDetail.Unexpected(Optional.of("777"))))
                      .isEqualTo(counts));
    }
  }

  private OneMachine limited(Isolation isolation, String script) throws IOException {
    ProcessSettings settings =
        OneMachine.settings(data, isolation, script)
            .with(
                new ProcessSettings.Builds(
                    1,
                    Duration.ofSeconds(100),
                    new ProcessSettings.Limits(0, 4096, 0).withDisk(30 << 20)));
    return new OneMachine(data, settings);
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void handsOnTheReportThatNobodyHeard(Isolation isolation) throws Exception {
    String script =
        "echo '{\"build\":\"b\",\"status\":\"failed\",\"exit_code\":30,\"step\":\"compile\",\"message\":\"it broke\"}'"
            + " > \"$PLATFORM_TERMINATION_LOG\"; exit 60";
    try (OneMachine machine = machine(isolation, script)) {
      BlockingQueue<BuilderEvent> events = watch(machine);
      machine.processes.builds().launch(machine.build("b"));
      next(events);
      assertThat(next(events))
          .isInstanceOfSatisfying(
              Exited.class, end -> assertThat(end.report().orElseThrow().build()).isEqualTo("b"));
    }
  }

  private OneMachine machine(Isolation isolation, String builder) throws IOException {
    return new OneMachine(data, OneMachine.settings(data, isolation, builder));
  }

  private static List<Long> named(String mark) {
    return OneMachine.runningNamed(mark);
  }

  private static String sentence(Exited end) {
    return FailureMessages.of(new BuildFailureCause.Exited(end.exitCode(), end.detail()));
  }

  private static BlockingQueue<BuilderEvent> watch(OneMachine machine) {
    BlockingQueue<BuilderEvent> events = new LinkedBlockingQueue<>();
    machine.processes.builds().watch(events::add);
    return events;
  }

  private static BuilderEvent next(BlockingQueue<BuilderEvent> events) throws InterruptedException {
    BuilderEvent event = events.poll(60, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event within 60 s");
    }
    return event;
  }
}
