package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutEnd.Failed;
import io.platform.domain.RolloutEnd.Live;
import io.platform.domain.RolloutEnd.Superseded;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RunSpec;
import io.platform.failure.FailureMessages;
import io.platform.failure.ProgressMessages;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import io.platform.testing.SilentPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ProcessAppsIT {
  private static final Optional<ReleaseFailureCause> WHY =
      Optional.of(new ReleaseFailureCause.StartsAgain(9, new ExitDetail.Unknown()));

  private static final String HOST = "shop-team.localhost";

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void movesTrafficWhenTheNewReleaseAnswersAndThenStopsTheOldOne(Isolation isolation)
      throws Exception {
    try (OneMachine machine = machine(isolation)) {
      RunSpec v1 = machine.release("shop", OneMachine.node("\"one\"", ""));
      assertThat(machine.rollOut(v1)).isEqualTo(new Live());
      InetSocketAddress first = machine.traffic.awaitRoute(HOST, 0);
      assertThat(OneMachine.get(first)).isEqualTo("one");
      assertThat(first.getPort()).isBetween(20_000, 29_999);
      machine.processes.apps().apply(v1);
      assertThat(machine.rollOut(v1)).isEqualTo(new Live());
      assertThat(machine.traffic.awaitRoute(HOST, 0)).isEqualTo(first);

      CompletableFuture<Void> inFlight = machine.traffic.occupy(first);
      List<String> events = new ArrayList<>();
      RunSpec v2 = machine.release("shop", OneMachine.node("\"two\"", ""));
      assertThat(
              machine
                  .processes
                  .apps()
                  .apply(v2)
                  .await((key, notice) -> events.add(ProgressMessages.of(notice))))
          .isEqualTo(new Live());
      assertThat(events)
          .hasSize(2)
          .first()
          .asString()
          .startsWith("Starting process with command `node -e ");
      assertThat(OneMachine.get(machine.traffic.awaitRoute(HOST, 0))).isEqualTo("two");
      assertThat(OneMachine.get(first)).isEqualTo("one");
      inFlight.complete(null);
      OneMachine.eventually(() -> directories(machine) == 1);
      assertThat(OneMachine.get(machine.traffic.awaitRoute(HOST, 0))).isEqualTo("two");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void keepsTheOldReleaseWhenTheNewOneExits(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      assertThat(machine.rollOut(machine.release("shop", OneMachine.node("\"one\"", ""))))
          .isEqualTo(new Live());
      InetSocketAddress first = machine.traffic.awaitRoute(HOST, 0);
      RunSpec broken = machine.release("shop", "echo some; echo Error: no module >&2; exit 7");
      assertThat(machine.rollOut(broken))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(FailureMessages.of(failed.cause()))
                    .isEqualTo(
                        "The web process exited with code 7 before it accepted connections on its port.");
                assertThat(failed.lastLines()).containsExactly("some", "Error: no module");
              });
      assertThat(OneMachine.get(first)).isEqualTo("one");
      assertThat(machine.traffic.awaitRoute(HOST, 0)).isEqualTo(first);
      machine.awaitAppLog(
          "shop", log -> assertThat(log).contains("Error: no module", "exited with code 7"));
      assertThat(machine.rollOut(machine.release("shop", "kill -SEGV $$")))
          .isInstanceOfSatisfying(
              Failed.class,
              failed ->
                  assertThat(FailureMessages.of(failed.cause())).contains("was killed by SIGSEGV"));
      OneMachine.eventually(() -> directories(machine) == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void saysOnWhichOtherPortItListens(Isolation isolation) throws Exception {
    ProcessSettings settings =
        OneMachine.settings(data, isolation, "exit 0")
            .with(OneMachine.apps(Duration.ofSeconds(5), Duration.ofSeconds(1)));
    try (OneMachine machine = new OneMachine(data, settings)) {
      String elsewhere =
          "npm_x=1 bash -c 'node -e \"require(\\\"net\\\").createServer().listen(0, function() "
              + "{ console.log(this.address().port) })\" & wait'";
      List<RolloutNotice> seen = new ArrayList<>();
      assertThat(
              machine
                  .processes
                  .apps()
                  .apply(machine.release("shop", elsewhere))
                  .await((key, notice) -> seen.add(notice)))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                String other = failed.lastLines().getFirst();
                assertThat(FailureMessages.of(failed.cause()))
                    .contains("within 5 s: it listens on " + other + ".", "PORT");
                assertThat(seen)
                    .filteredOn(RolloutNotice.ListensElsewhere.class::isInstance)
                    .singleElement()
                    .extracting(ProgressMessages::of)
                    .asString()
                    .startsWith("web.1 listens on port " + other + ", but not on ");
              });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void saysThatItListensNowhere(Isolation isolation) throws Exception {
    ProcessSettings settings =
        OneMachine.settings(data, isolation, "exit 0")
            .with(OneMachine.apps(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    try (OneMachine machine = new OneMachine(data, settings)) {
      assertThat(machine.rollOut(machine.release("shop", "trap '' TERM; sleep 1000")))
          .isInstanceOfSatisfying(
              Failed.class,
              failed ->
                  assertThat(FailureMessages.of(failed.cause()))
                      .matches("The web process did not listen on port \\d+ within 1 s\\. .*"));
      OneMachine.eventually(() -> directories(machine) == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void givesNobodyTheTrafficOfAnotherAppByItsPort(Isolation isolation) throws Exception {
    List<ServerSocket> thieves = new ArrayList<>();
    try (OneMachine machine = machine(isolation)) {
      CompletableFuture<RolloutEnd> end =
          rollOutLater(machine, "echo port=$PORT=; exec sleep 1000");
      for (int start = 1; start <= 3; start++) {
        thieves.add(thief(awaitPort(machine, start)));
      }

      assertThat(end.join())
          .isInstanceOfSatisfying(
              Failed.class,
              failed ->
                  assertThat(FailureMessages.of(failed.cause()))
                      .startsWith(
                          "Another program on this machine listens on port "
                              + thieves.getLast().getLocalPort())
                      .contains("Try again", "PLATFORM_APP_PORT_FIRST"));
      assertThat(machine.traffic.leadsNowhere(HOST)).isTrue();
    } finally {
      for (ServerSocket thief : thieves) {
        thief.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void startsOnAnotherPortWhereSomebodyElseIsFirst(Isolation isolation) throws Exception {
    try (ServerSocket gate = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OneMachine machine = machine(isolation)) {
      // It is connected at once, and reads until the gate accepts and closes.
      String waits =
          "echo port=$PORT=; cat </dev/tcp/127.0.0.1/%d; ".formatted(gate.getLocalPort());
      CompletableFuture<RolloutEnd> end =
          rollOutLater(machine, waits + OneMachine.node("\"own\"", ""));
      int first = awaitPort(machine, 1);
      try (ServerSocket thief = thief(first)) {
        Thread.startVirtualThread(() -> open(gate));
        assertThat(end.join()).isEqualTo(new Live());
        InetSocketAddress target = machine.traffic.awaitRoute(HOST, 0);
        assertThat(target.getPort()).isNotEqualTo(thief.getLocalPort());
        assertThat(OneMachine.get(target)).isEqualTo("own");
        machine.awaitAppLog(
            "shop",
            log ->
                assertThat(log)
                    .contains(
                        "port " + first + ", which was given to the app; the app starts again"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void takesAServerThatRunsInASessionOfItsOwnForTheApps(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      String detached = "(setsid " + OneMachine.node("\"own\"", "") + " &); exec sleep 1000";
      assertThat(machine.rollOut(machine.release("shop", detached))).isEqualTo(new Live());
      assertThat(OneMachine.get(machine.traffic.awaitRoute(HOST, 0))).isEqualTo("own");
    }
  }

  /** Lets everybody through until it is closed. */
  private static void open(ServerSocket gate) {
    try {
      while (true) {
        gate.accept().close();
      }
    } catch (IOException e) {
      assertThat(gate.isClosed()).isTrue();
    }
  }

  private static ServerSocket thief(int port) throws IOException {
    ServerSocket thief = new ServerSocket();
    thief.bind(new InetSocketAddress(port));
    return thief;
  }

  private static CompletableFuture<RolloutEnd> rollOutLater(OneMachine machine, String command) {
    RunSpec spec = machine.release("shop", command);
    CompletableFuture<RolloutEnd> end = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        end.complete(machine.rollOut(spec));
      } catch (InterruptedException e) {
        end.completeExceptionally(e);
      }
    });
    return end;
  }

  /** The port that the app says it was given at its nth start. */
  private static int awaitPort(OneMachine machine, int start) throws Exception {
    OneMachine.eventually(() -> ports(machine).size() >= start);
    return ports(machine).get(start - 1);
  }

  private static List<Integer> ports(OneMachine machine) {
    return Pattern.compile("port=(\\d+)=\n")
        .matcher(log(machine))
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private static Stream<ProcessState> states(OneMachine machine, RunSpec spec) {
    return machine.processes.states().of(spec.app()).stream()
        .filter(process -> process.name().equals(ProcessName.numbered("web", 1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void tellsThatAnAppCrashedWhileLive(Isolation isolation) throws Exception {
    Duration longEnoughToBeSeen = Duration.ofSeconds(3);
    ProcessSettings settings =
        OneMachine.settings(data, isolation, "exit 0")
            .with(
                OneMachine.apps(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    longEnoughToBeSeen,
                    longEnoughToBeSeen));
    try (OneMachine machine = new OneMachine(data, settings)) {
      RunSpec spec =
          machine.release(
              "shop", OneMachine.node("(setTimeout(() => process.exit(9), 1), \"up\")", ""));
      BlockingQueue<ProcessCrash> crashes = new LinkedBlockingQueue<>();
      machine.processes.apps().watchCrashes(crashes::add);
      assertThat(machine.processes.states().of(spec.app())).isEmpty();
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      assertThat(OneMachine.get(machine.traffic.awaitRoute(HOST, 0))).isEqualTo("up");
      OneMachine.eventually(() ->
          states(machine, spec)
              .anyMatch(process ->
                  process.status() == ProcessState.Status.CRASHED && process.reason().equals(WHY)));
      OneMachine.eventually(() ->
          states(machine, spec)
              .anyMatch(
                  process -> process.status() == ProcessState.Status.UP && process.restarts() > 0));
      assertThat(crashes.poll(30, TimeUnit.SECONDS))
          .isEqualTo(
              new ProcessCrash(
                  spec.app().id(),
                  spec.release().version(),
                  ProcessName.numbered("web", 1),
                  WHY.orElseThrow()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void endsAnAppThatTakesTooMuchOfTheDiskAndStartsItAgain(Isolation isolation) throws Exception {
    ProcessSettings.Apps apps = OneMachine.apps(Duration.ofSeconds(30), Duration.ofSeconds(20));
    ProcessSettings settings =
        OneMachine.settings(data, isolation, "exit 0")
            .with(apps.with(apps.limits().withDisk(30 << 20)));
    try (OneMachine machine = new OneMachine(data, settings)) {
      String fills =
          OneMachine.node(
              "\"up\"",
              "let i = 0; setInterval(() => require(\"fs\").writeFileSync(\"f\" + i++, Buffer.alloc(1e7)), 100)");
      assertThat(machine.rollOut(machine.release("shop", fills))).isEqualTo(new Live());
      machine.traffic.awaitPorts(HOST, 2);
      machine.awaitAppLog(
          "shop",
          log ->
              assertThat(log)
                  .containsPattern(
                      "State changed to crashed: the process was ended because its files take \\d+ MB of the disk, and it may have 30 MB; it starts again"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void startsACrashedAppAgain(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      RunSpec spec =
          machine.release(
              "shop",
              OneMachine.node(
                  "String(process.pid)", "process.on(\"SIGUSR2\", () => process.exit(9))"));
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      Set<Integer> ports = new HashSet<>();
      int port = 0;
      for (int round = 0; round < 3; round++) {
        port = machine.traffic.awaitRoute(HOST, port).getPort();
        assertThat(ports.add(port)).isTrue();
        signal("USR2");
      }
      machine.traffic.awaitRoute(HOST, port);
      machine.awaitAppLog(
          "shop",
          log ->
              assertThat(log)
                  .contains("exited with code 9; it starts again in 0.0 s", "again in 0.1 s"));
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void withdrawsTrafficFromAnAppThatIsDown(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      String app = OneMachine.node("\"x\"", "process.on(\"SIGUSR2\", () => process.exit(1))");
      assertThat(machine.rollOut(machine.release("shop", app))).isEqualTo(new Live());
      int port = machine.traffic.awaitRoute(HOST, 0).getPort();
      int before = machine.traffic.withdrawals(HOST);
      signal("USR2");
      machine.traffic.awaitRoute(HOST, port);
      assertThat(machine.traffic.withdrawals(HOST)).isGreaterThan(before);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void givesWayToANewerRelease(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      RunSpec never = machine.release("shop", "exec sleep 1000");
      Rollout rollout = machine.processes.apps().apply(never);
      CompletableFuture<RolloutEnd> end = new CompletableFuture<>();
      Thread waiter =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  end.complete(rollout.await((key, notice) -> {}));
                } catch (InterruptedException interrupted) {
                  end.completeExceptionally(interrupted);
                }
              });
      RunSpec newer = machine.release("shop", OneMachine.node("\"newer\"", ""));
      assertThat(machine.rollOut(newer)).isEqualTo(new Live());
      waiter.join();
      assertThat(end.join()).isEqualTo(new Superseded());
      assertThat(rollout.await((key, notice) -> {})).isEqualTo(new Superseded());
      OneMachine.eventually(() -> directories(machine) == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void runsAppsSideBySide(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      List<Rollout> rollouts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String command =
            "python3 -c 'import os,http.server as h; h.HTTPServer((\"\", int(os.environ[\"PORT\"])), h.SimpleHTTPRequestHandler).serve_forever()'";
        RunSpec spec =
            machine.release("app-" + i, "echo app " + i + " > index.html; exec " + command);
        rollouts.add(machine.processes.apps().apply(spec));
      }
      for (int i = 0; i < 6; i++) {
        assertThat(rollouts.get(i).await((key, notice) -> {})).isEqualTo(new Live());
        assertThat(OneMachine.get(machine.traffic.awaitRoute("app-" + i + "-team.localhost", 0)))
            .isEqualTo("app " + i + "\n");
      }
    }
  }

  /** The log is a pipe whose other end nobody has opened: a disk that takes nothing. */
  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void runsAnAppWhoseLogTheDiskDoesNotTake(Isolation isolation) throws Exception {
    Path log =
        Files.createDirectories(data.resolve("logs/apps/id-shop"))
            .resolve("00000000000000000000-00000000000000000000.log");
    assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor()).isZero();
    try (OneMachine machine = machine(isolation)) {
      RunSpec spec =
          machine.release(
              "shop",
              OneMachine.node(
                  "\"up\"", "process.stdout.write(\"out of the app\\n\".repeat(1e5));"));
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      assertThat(states(machine, spec).map(ProcessState::status))
          .containsExactly(ProcessState.Status.UP);
      assertThat(OneMachine.get(machine.traffic.awaitRoute(HOST, 0))).isEqualTo("up");
      try (Stream<String> written = Files.lines(log)) {
        assertThat(written.anyMatch(line -> line.endsWith("app web.1 out of the app"))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void removesAllOfAnApp(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      RunSpec spec = machine.release("shop", OneMachine.node("\"one\"", ""));
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      InetSocketAddress target = machine.traffic.awaitRoute(HOST, 0);
      machine.processes.apps().remove(spec.app());
      assertThat(machine.traffic.leadsNowhere(HOST)).isTrue();
      assertThat(data.resolve("work/apps/team/shop")).doesNotExist();
      assertThat(data.resolve("logs/team/shop")).doesNotExist();
      assertThatThrownBy(() -> OneMachine.get(target)).isInstanceOf(IOException.class);
      machine.processes.apps().remove(spec.app());
      assertThat(machine.rollOut(machine.release("shop", OneMachine.node("\"new\"", ""))))
          .isEqualTo(new Live());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void isLiveAtOnceWithoutAWebProcess(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation)) {
      assertThat(machine.rollOut(machine.release("shop", OneMachine.node("\"one\"", ""))))
          .isEqualTo(new Live());
      List<String> events = new ArrayList<>();
      RunSpec none =
          machine.release("shop", Map.of("worker", "true"), Map.of(), Release.Status.PENDING);
      assertThat(
              machine
                  .processes
                  .apps()
                  .apply(none)
                  .await((key, notice) -> events.add(ProgressMessages.of(notice))))
          .isEqualTo(new Live());
      assertThat(events).singleElement().asString().contains("nothing runs");
      assertThat(machine.traffic.leadsNowhere(HOST)).isTrue();
      OneMachine.eventually(() -> directories(machine) == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void goesOnTryingAReleaseThatWasLiveBefore(Isolation isolation) throws Exception {
    try (OneMachine machine = machine(isolation);
        SilentPort silent = new SilentPort()) {
      String command =
          "exec 3<>/dev/tcp/127.0.0.1/%d || exit 1; %s"
              .formatted(silent.number(), OneMachine.node("\"back\"", ""));
      RunSpec spec = machine.release("shop", Map.of("web", command), Map.of(), Release.Status.LIVE);
      assertThat(machine.rollOut(spec)).isInstanceOf(Failed.class);
      try (ServerSocket database = silent.listen()) {
        assertThat(database.isBound()).isTrue();
        assertThat(OneMachine.get(machine.traffic.awaitRoute(HOST, 0))).isEqualTo("back");
      }
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
    }
  }

  private OneMachine machine(Isolation isolation) throws IOException {
    return new OneMachine(data, OneMachine.settings(data, isolation, "exit 0"));
  }

  private static long directories(OneMachine machine) {
    try (var names = Files.list(machine.data.resolve("work/apps/team/shop"))) {
      return names.count();
    } catch (IOException none) {
      return 0;
    }
  }

  private static String log(OneMachine machine) {
    try {
      return machine.appLog("shop");
    } catch (IOException e) {
      return ""; // there is no log yet
    }
  }

  private static void signal(String signal) throws Exception {
    long pid =
        OneMachine.runningNamed("node\0-e\0").stream()
            .filter(node ->
                ProcessHandle.current().descendants().anyMatch(child -> child.pid() == node))
            .findFirst()
            .orElseThrow();
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
  }
}
