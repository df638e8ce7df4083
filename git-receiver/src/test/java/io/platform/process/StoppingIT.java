package io.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Formation;
import io.platform.domain.Release;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd.Live;
import io.platform.domain.port.RunSpec;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps are stopped: told once, given time, and then ended with all that they started. */
@Timeout(120)
class StoppingIT {
  /** Tells each SIGTERM, and takes its time. */
  private static final String SERVER =
      """
      const server = require('http').createServer((q, r) => r.end('x')).listen(process.env.PORT);
      process.on('SIGTERM', () => { console.log('told'); setTimeout(() => { console.log('finished'); process.exit(0); }, 700); });
      """;

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node server.js",
        "exec node server.js",
        "node server.js & wait",
        "bash -c 'node server.js; true'; true",
        "(node server.js)",
        "npm start"
      })
  void letsAnAppFinish(String shape) throws Exception {
    try (OneMachine machine =
        new OneMachine(data, OneMachine.settings(data, Isolation.REQUIRED, ":"))) {
      RunSpec spec = machine.release("shop", files() + shape);
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      machine.processes.close();
      List<String> told =
          machine.appLog("shop").lines().filter(line -> line.endsWith("told")).toList();
      assertThat(told).hasSizeBetween(1, shape.startsWith("npm") ? 2 : 1);
      assertThat(machine.appLog("shop")).contains(" finished\n");
      assertThat(data.resolve("work/apps/team/shop")).isEmptyDirectory();
    }
  }

  @Test
  void blamesNothingForTheEndOfAProcessThatWasStoppedWhileItStarted() throws Exception {
    try (OneMachine machine =
        new OneMachine(data, OneMachine.settings(data, Isolation.REQUIRED, ":"))) {
      RunSpec spec =
          machine.release(
              "shop", Map.of("web", "echo begins; exec sleep 1000"), Map.of(), Release.Status.LIVE);
      var _ = machine.processes.apps().apply(spec);
      machine.awaitAppLog("shop", log -> assertThat(log).contains(" begins\n"));
      Formation none = Formation.UNSCALED.withQuantity("web", 0);
      var _ = machine.processes.apps().apply(OneMachine.with(spec, none, Restarts.NONE));
      machine.awaitAppLog(
          "shop",
          log ->
              assertThat(log)
                  .contains("The process web.1 of v1 was stopped before it was up")
                  .doesNotContain("SIGTERM", "exited with"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void leavesNothingOfWhatDoesNotWantToEnd(Isolation isolation) throws Exception {
    String mark = "stubborn-" + System.nanoTime();
    String script =
        """
        trap '' TERM
        nohup setsid bash -c 'trap "" TERM; exec -a %1$s-1 sleep 1000' >/dev/null 2>&1 &
        ( ( setsid bash -c 'trap "" TERM; (exec -a %1$s-2 sleep 1000)' & ) & )
        node -e 'require("child_process").spawn("sleep", ["1000"], {argv0: "%1$s-3", detached: true}).unref()' &
        """
            .formatted(mark);
    ProcessSettings settings =
        OneMachine.settings(data, isolation, ":")
            .with(OneMachine.apps(Duration.ofSeconds(30), Duration.ofMillis(300)));
    try (OneMachine machine = new OneMachine(data, settings)) {
      RunSpec spec =
          machine.release(
              "shop",
              files() + script + "node -e 'process.on(\"SIGTERM\", () => {})' -r ./server.js");
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      OneMachine.eventually(() -> OneMachine.runningNamed(mark).size() == 3);
      machine.processes.apps().remove(spec.app());
      assertThat(OneMachine.runningNamed(mark)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void leavesNothingWhenTheServerIsKilled(Isolation isolation) throws Exception {
    String mark = "orphan-" + System.nanoTime();
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                VictimServer.class.getName(),
                data.toString(),
                isolation.name(),
                mark)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("server.out").toFile())
            .start();
    try {
      // One that ignores SIGTERM, one in the background, one in a session of its own, one of a
      // build.
      OneMachine.eventually(() -> OneMachine.runningNamed(mark).size() == 4);
    } finally {
      server.destroyForcibly().waitFor();
    }
    if (isolation == Isolation.REQUIRED) {
      OneMachine.eventually(() -> OneMachine.runningNamed(mark).isEmpty());
    } else {
      // What left its process group is ended by the next start.
      OneMachine.eventually(() -> OneMachine.runningNamed(mark).size() <= 2);
    }
    assertThat(data.resolve("work/builds/b")).exists();
    try (OneMachine next = new OneMachine(data, OneMachine.settings(data, isolation, ":"))) {
      assertThat(OneMachine.runningNamed(mark)).isEmpty();
      assertThat(next.data.resolve("work/builds")).doesNotExist();
      assertThat(next.data.resolve("work/apps")).doesNotExist();
    }
  }

  private static String files() throws Exception {
    return "cat > server.js <<'END'\n"
        + SERVER
        + "END\n"
        + "echo '{\"scripts\": {\"start\": \"node server.js\"}}' > package.json\n";
  }

  /** A server that is there to be killed. */
  static final class VictimServer {
    private VictimServer() {}

    public static void main(String[] arguments) throws Exception {
      Path data = Path.of(arguments[0]);
      Isolation isolation = Isolation.valueOf(arguments[1]);
      String mark = arguments[2];
      OneMachine machine =
          new OneMachine(
              data, OneMachine.settings(data, isolation, "exec -a " + mark + "-4 sleep 1000"));
      machine.processes.builds().launch(machine.build("b"));
      String script =
          """
          ( exec -a %1$s-1 sleep 1000 ) &
          ( setsid bash -c 'exec -a %1$s-2 sleep 1000' & )
          trap '' TERM; exec -a %1$s-3 sleep 1000
          """
              .formatted(mark);
      machine.processes.apps().apply(machine.release("shop", script));
      System.out.println("started");
      new CountDownLatch(1).await();
    }
  }
}
