package io.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Formation;
import io.platform.domain.Release;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutEnd.Failed;
import io.platform.domain.RolloutEnd.Live;
import io.platform.domain.port.RunSpec;
import io.platform.failure.FailureMessages;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runner of module slug-runner in its box, with a slug that comes by HTTP. */
@Timeout(120)
class RealRunnerIT {
  @TempDir Path data;
  private SlugServer platform;

  @BeforeEach
  void serve() throws IOException {
    platform = new SlugServer(Files.createDirectories(data.resolve("slug-of-test")));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void startsAnAppFromItsSlug(Isolation isolation) throws Exception {
    String script =
        """
        require('http').createServer((q, r) => r.end(JSON.stringify({
          argv: process.argv, env: process.env, cwd: process.cwd() }))).listen(process.env.PORT);
        """;
    platform.serve(Map.of("web", "node server.js hello"), Map.of("server.js", script));
    try (OneMachine machine = machine(isolation)) {
      RunSpec spec =
          spec(
              machine,
              Map.of("web", "node server.js hello"),
              Map.of(
                  "JAVA_TOOL_OPTIONS",
                  "-Xmx1k",
                  "PATH",
                  "/nothing:/usr/bin:/bin",
                  "GREETING",
                  "hi there"));
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      String seen = OneMachine.get(machine.traffic.awaitRoute("shop-team.localhost", 0));
      assertThat(seen)
          .contains(
              "\"hello\"",
              "\"GREETING\":\"hi there\"",
              "\"JAVA_TOOL_OPTIONS\":\"-Xmx1k\"",
              "\"PATH\":\"/nothing:")
          .doesNotContain("PLATFORM_URL", "PLATFORM_RELEASE\"", "PLATFORM_TOKEN", OneMachine.TOKEN);
      assertThat(OneMachine.started("RunnerMain")).isEmpty();
      assertThat(OneMachine.started("server.js")).isNotEmpty();
      machine.processes.apps().remove(spec.app());
    }
  }

  /** As a process in the background of a shell would. */
  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void startsNoAppThatIgnoresSignals(Isolation isolation) throws Exception {
    String command = "grep -w SigIgn /proc/self/status; exec sleep 1000";
    platform.serve(Map.of("worker", command), Map.of());
    try (OneMachine machine = machine(isolation)) {
      Formation one = Formation.UNSCALED.withQuantity("worker", 1);
      var _ =
          machine
              .processes
              .apps()
              .apply(
                  OneMachine.with(
                      spec(machine, Map.of("worker", command), Map.of()), one, Restarts.NONE));
      machine.awaitAppLog(
          "shop",
          log -> assertThat(ignored(log)).hasValueSatisfying(it -> assertThat(it & 6).isZero()));
    }
  }

  /** The signals of the first line about them; SIGINT is 2, SIGQUIT is 4 (proc_pid_status(5)). */
  private static Optional<Long> ignored(String log) {
    return Pattern.compile("SigIgn:\\s+([0-9a-f]+)")
        .matcher(log)
        .results()
        .map(it -> Long.parseUnsignedLong(it.group(1), 16))
        .findFirst();
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void tellsWhyTheRunnerFailed(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      RolloutEnd end = machine.rollOut(spec(machine, Map.of("web", "true"), Map.of()));
      assertThat(end)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(FailureMessages.of(failed.cause()))
                    .contains("The release could not be started: its runner exited with code 10");
                assertThat(failed.lastLines()).isNotEmpty();
              });
    }
  }

  private OneMachine machine(Isolation isolation) throws IOException {
    return new OneMachine(
        data, SlugServer.withRealRunner(OneMachine.settings(data, isolation, ":"), true));
  }

  private RunSpec spec(OneMachine machine, Map<String, String> types, Map<String, String> vars) {
    return platform.at(machine.release("shop", types, vars, Release.Status.PENDING));
  }
}
