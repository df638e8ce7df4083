package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppFeature;
import io.platform.domain.AppOptions;
import io.platform.domain.Formation;
import io.platform.domain.ProcessShare;
import io.platform.domain.ProcessState;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutOptions;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import io.platform.proxy.Front;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The options that developers choose for their apps, with real processes and the real proxy. */
@Timeout(120)
class AppOptionsIT {
  private static final String HOST = "shop-team.localhost";
  private static final Pattern COOKIE =
      Pattern.compile(
          "Set-Cookie: (platform-session-affinity=[0-9a-f]{32}); Path=/; HttpOnly; SameSite=Lax\r\n");

  @TempDir Path data;
  @TempDir Path gates;

  @Test
  void holdsAClientToItsProcessByACookieUntilThatIsGone() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(front)) {
      RunSpec spec =
          OneMachine.with(
              web(machine, "v1", 2), AppOptions.NONE.with(AppFeature.SESSION_AFFINITY, true));
      assertThat(machine.rollOut(spec)).isEqualTo(new RolloutEnd.Live());
      String first = front.get(HOST, "/");
      String cookie = cookie(first).orElseThrow();
      for (int i = 0; i < 5; i++) {
        String again = front.get(HOST, "/", "Cookie: theme=dark; " + cookie);
        assertThat(who(again)).isEqualTo(who(first));
        assertThat(cookie(again)).isEmpty();
      }
      assertThat(cookie(front.get(HOST, "/", "Cookie: platform-session-affinity=forged")))
          .isPresent();
      RunSpec one = OneMachine.with(spec, Formation.UNSCALED.withQuantity("web", 0), Restarts.NONE);
      machine.rollOut(one);
      OneMachine.eventually(() -> machine.processes.states().of(spec.app()).isEmpty());
      machine.rollOut(spec);
      OneMachine.eventually(() -> up(machine, spec).size() == 2);
      String moved = front.get(HOST, "/", "Cookie: " + cookie);
      assertThat(who(moved)).startsWith("v1 web.");
      assertThat(cookie(moved)).isPresent().isNotEqualTo(Optional.of(cookie));
      machine.rollOut(OneMachine.with(spec, AppOptions.NONE));
      assertThat(cookie(front.get(HOST, "/"))).isEmpty();
    }
  }

  @Test
  void replacesWebProcessesOneByOneWithinTheSurge() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(front)) {
      assertThat(machine.rollOut(web(machine, "v1", 2))).isEqualTo(new RolloutEnd.Live());
      RunSpec next = OneMachine.with(gated(machine, "v2", "true"), gradual("1", "0"));
      Rollout rollout = machine.processes.apps().apply(next);
      awaitAnswersFrom(front, Set.of("v1 web.1", "v2 web.1"));
      OneMachine.eventually(() -> up(machine, next).equals(List.of("web.1", "web.1")));
      Files.createFile(gates.resolve("v2"));
      assertThat(rollout.await((key, text) -> {})).isEqualTo(new RolloutEnd.Live());
      awaitAnswersFrom(front, Set.of("v2 web.1", "v2 web.2"));
    }
  }

  @Test
  void goesBackToAllOfTheOldProcessesWhereANewOneFails() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(front)) {
      RunSpec first = web(machine, "v1", 2);
      assertThat(machine.rollOut(first)).isEqualTo(new RolloutEnd.Live());
      RunSpec next = OneMachine.with(gated(machine, "v2", "exit 3"), gradual("0", "50%"));
      Rollout rollout = machine.processes.apps().apply(next);
      awaitAnswersFrom(front, Set.of("v2 web.1"));
      Files.createFile(gates.resolve("v2"));
      assertThat(rollout.await((key, text) -> {})).isInstanceOf(RolloutEnd.Failed.class);
      OneMachine.eventually(() ->
          machine.processes.states().of(first.app()).size() == 2 && up(machine, first).size() == 2);
      awaitAnswersFrom(front, Set.of("v1 web.1", "v1 web.2"));
    }
  }

  @Test
  void startsWorkersBesideThoseOfTheOldReleaseWhereTheAppAllowsIt() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(front)) {
      String worker =
          "trap 'until [ -e %s/end ]; do sleep 0.02; done; exit' TERM; while :; do sleep 0.02; done"
              .formatted(gates);
      Formation formation = Formation.UNSCALED.withQuantity("worker", 1);
      AppOptions options = AppOptions.NONE.with(AppFeature.OVERLAPPING_WORKERS, true);
      List<RunSpec> releases = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        RunSpec release =
            OneMachine.with(
                OneMachine.with(
                    machine.release("shop", Map.of("worker", worker)), formation, Restarts.NONE),
                options);
        assertThat(machine.rollOut(release)).isEqualTo(new RolloutEnd.Live());
        releases.add(release);
      }
      RunSpec last = releases.getLast();
      OneMachine.eventually(() ->
          machine.processes.states().of(last.app()).stream()
              .map(state -> state.release() + " " + state.status())
              .toList()
              .equals(List.of("v2 UP", "v1 STOPPING")));
      Files.createFile(gates.resolve("end"));
      OneMachine.eventually(() -> machine.processes.states().of(last.app()).size() == 1);
    }
  }

  @Test
  void killsAfterTheGraceThatTheAppHas() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(front)) {
      RunSpec stubborn =
          OneMachine.with(
              OneMachine.with(
                  machine.release(
                      "shop", Map.of("worker", "trap '' TERM; while :; do sleep 0.02; done")),
                  Formation.UNSCALED.withQuantity("worker", 1),
                  Restarts.NONE),
              AppOptions.NONE.with(
                  new RolloutOptions(
                      Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(1)))));
      assertThat(machine.rollOut(stubborn)).isEqualTo(new RolloutEnd.Live());
      machine.rollOut(OneMachine.with(stubborn, Formation.UNSCALED, Restarts.NONE));
      OneMachine.eventually(() -> machine.processes.states().of(stubborn.app()).isEmpty());
    }
  }

  @Test
  void tellsProcessesWhatTheyAreAndReplacesThemWhenTheyAreToldMore() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(front)) {
      String answer =
          "[process.env.SOURCE_VERSION, process.env.HEROKU_APP_NAME, process.env.HEROKU_RELEASE_VERSION].join()";
      RunSpec plain = machine.release("shop", OneMachine.node(answer, ""));
      assertThat(machine.rollOut(plain)).isEqualTo(new RolloutEnd.Live());
      assertThat(who(front.get(HOST, "/"))).isEqualTo(",,");
      machine.rollOut(
          OneMachine.with(plain, AppOptions.NONE.with(AppFeature.HEROKU_METADATA, true)));
      awaitAnswersFrom(front, Set.of(",shop,v1"));
    }
  }

  private OneMachine machine(Front front) throws IOException {
    return new OneMachine(
        data,
        OneMachine.settings(data, Isolation.NONE, "exit 0")
            .with(OneMachine.apps(Duration.ofSeconds(60), Duration.ofMinutes(5))),
        front.proxy());
  }

  private static RunSpec web(OneMachine machine, String version, int quantity) {
    return OneMachine.with(
        machine.release("shop", Map.of("web", "exec " + server(version))),
        Formation.UNSCALED.withQuantity("web", quantity),
        Restarts.NONE);
  }

  /** Two web processes, of which the second waits for its gate, and then does something first. */
  private RunSpec gated(OneMachine machine, String version, String then) {
    String second =
        "[ $DYNO = web.1 ] || { until [ -e %s/%s ]; do sleep 0.02; done; %s; }; exec %s"
            .formatted(gates, version, then, server(version));
    return OneMachine.with(
        machine.release("shop", Map.of("web", second)),
        Formation.UNSCALED.withQuantity("web", 2),
        Restarts.NONE);
  }

  private static String server(String version) {
    return OneMachine.node("\"%s \" + process.env.DYNO".formatted(version), "");
  }

  private static AppOptions gradual(String surge, String unavailable) {
    return AppOptions.NONE.with(
        new RolloutOptions(
            ProcessShare.parse(surge), ProcessShare.parse(unavailable), Optional.empty()));
  }

  private static void awaitAnswersFrom(Front front, Set<String> expected) {
    OneMachine.eventually(() -> {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 4; i++) {
        seen.add(answer(front));
      }
      return seen.equals(expected);
    });
  }

  private static String answer(Front front) {
    try {
      return who(front.get(HOST, "/"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String who(String answer) {
    return answer
        .substring(answer.indexOf("\r\n\r\n") + 4)
        .replaceAll("(?s)^[0-9a-f]+\r\n(.*)\r\n0\r\n\r\n$", "$1");
  }

  private static Optional<String> cookie(String answer) {
    Matcher cookie = COOKIE.matcher(answer);
    return cookie.find() ? Optional.of(cookie.group(1)) : Optional.empty();
  }

  private static List<String> up(OneMachine machine, RunSpec spec) {
    return machine.processes.states().of(spec.app()).stream()
        .filter(state -> state.status() == ProcessState.Status.UP)
        .map(state -> state.name().toString())
        .toList();
  }
}
