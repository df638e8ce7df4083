package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Formation;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessSelector;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.Restart;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd.Failed;
import io.platform.domain.RolloutEnd.Live;
import io.platform.domain.port.RunSpec;
import io.platform.failure.FailureMessages;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import io.platform.proxy.Front;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Apps of several processes, with real processes behind the real proxy. */
@Timeout(120)
class ProcessFormationIT {
  private static final String HOST = "shop-team.localhost";

  /** Says when it begins, and, when it is told to end, takes its time for that. */
  private static final String WORKER =
      "trap 'echo $PLATFORM_RELEASE_VERSION ends; exit 0' TERM; echo $PLATFORM_RELEASE_VERSION begins; while :; do sleep 0.02; done";

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void givesRequestsToAllWebProcessesAndNoneOfThemFailsWhenOneIsKilled(Isolation isolation)
      throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(isolation, front)) {
      RunSpec spec = scaled(machine.release("shop", web("v1")), "web", 3);
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      assertThat(List.of(ask(front), ask(front), ask(front)))
          .containsExactlyInAnyOrder("v1 web.1", "v1 web.2", "v1 web.3");
      assertThat(states(machine, spec, ProcessState.Status.UP)).hasSize(3);

      AtomicLong killed = new AtomicLong(Long.MAX_VALUE);
      try (Load load = new Load(front, killed)) {
        load.awaitAnswers(50);
        kill();
        killed.set(System.nanoTime());
        OneMachine.eventually(() ->
            machine.processes.states().of(spec.app()).stream().anyMatch(it -> it.restarts() == 1));
        OneMachine.eventually(() -> states(machine, spec, ProcessState.Status.UP).size() == 3);
        load.awaitAnswers(50);
        assertThat(load.errors).isEmpty();
      }
      assertThat(List.of(ask(front), ask(front), ask(front)))
          .containsExactlyInAnyOrder("v1 web.1", "v1 web.2", "v1 web.3");
    }
  }

  @Test
  void finishesTheRequestsOfAProcessThatIsScaledAway() throws Exception {
    try (Front front = new Front();
        ServerSocket gate = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        OneMachine machine = machine(Isolation.WHERE_POSSIBLE, front)) {
      RunSpec release = machine.release("shop", web("v1", gate.getLocalPort()));
      RunSpec two = scaled(release, "web", 2);
      assertThat(machine.rollOut(two)).isEqualTo(new Live());
      ask(front);
      CompletableFuture<String> held = later(() -> body(front.get(HOST, "/hold")));
      try (Socket request = gate.accept()) {
        assertThat(machine.rollOut(scaled(release, "web", 1))).isEqualTo(new Live());
        assertThat(states(machine, two, ProcessState.Status.STOPPING)).containsExactly("web.2");
        for (int i = 0; i < 4; i++) {
          assertThat(ask(front)).isEqualTo("v1 web.1");
        }
        assertThat(held).isNotDone();
        request.getOutputStream().write('.');
        assertThat(held.join()).isEqualTo("v1 web.2");
      }
      OneMachine.eventually(() -> machine.processes.states().of(two.app()).size() == 1);
      assertThat(machine.rollOut(scaled(release, "web", 0))).isEqualTo(new Live());
      OneMachine.eventually(() -> machine.processes.states().of(two.app()).isEmpty());
      assertThat(front.get(HOST, "/")).startsWith("HTTP/1.1 404");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void startsWorkersWhenTheWebProcessesOfANewReleaseAnswerAndTheOldWorkersHaveEnded(
      Isolation isolation) throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(isolation, front)) {
      Formation formation = Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 2);
      for (String version : List.of("v1", "v2")) {
        RunSpec spec = with(machine.release("shop", webAndWorker(version)), formation);
        assertThat(machine.rollOut(spec)).isEqualTo(new Live());
        assertThat(List.of(ask(front), ask(front)))
            .containsExactlyInAnyOrder(version + " web.1", version + " web.2");
        OneMachine.eventually(() ->
            states(machine, spec, ProcessState.Status.UP)
                .equals(List.of("web.1", "web.2", "worker.1", "worker.2")));
      }
      awaitLog(machine, "v2/worker.*", 2);
      assertThat(log(machine, "v\\d/worker.*", line -> line.matches(".* (begins|ends)")))
          .hasSize(6)
          .satisfies(lines -> {
            assertThat(lines.subList(0, 2)).allMatch(line -> line.matches("v1/worker.* begins"));
            assertThat(lines.subList(2, 4)).allMatch(line -> line.matches("v1/worker.* ends"));
            assertThat(lines.subList(4, 6)).allMatch(line -> line.matches("v2/worker.* begins"));
          });
    }
  }

  @Test
  void leavesAllOfTheOldReleaseAloneWhenTheSecondWebProcessOfANewOneFails() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(Isolation.WHERE_POSSIBLE, front)) {
      Formation formation = Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 1);
      RunSpec old = with(machine.release("shop", webAndWorker("v1")), formation);
      assertThat(machine.rollOut(old)).isEqualTo(new Live());
      awaitUp(machine, old, 3);
      Map<String, String> broken =
          Map.of(
              "web",
              "[ $DYNO = web.1 ] || { echo no second; exit 3; }; " + web("v2").get("web"),
              "worker",
              WORKER);
      assertThat(machine.rollOut(with(machine.release("shop", broken), formation)))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.lastLines()).containsExactly("no second"));
      OneMachine.eventually(() -> machine.processes.states().of(old.app()).size() == 3);
      assertThat(machine.processes.states().of(old.app()))
          .allMatch(it -> it.restarts() == 0 && it.status() == ProcessState.Status.UP);
      assertThat(List.of(ask(front), ask(front))).containsExactlyInAnyOrder("v1 web.1", "v1 web.2");
      awaitLog(machine, ".*/worker.*", 1);
      assertThat(log(machine, ".*/worker.*", line -> true)).containsExactly("v1/worker.1 begins");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void anAppOfWorkersIsLiveWhenTheyHaveStayedUpAndFailsWhenTheyDoNot(Isolation isolation)
      throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(isolation, front)) {
      RunSpec bot =
          scaled(
              machine.release(
                  "shop",
                  Map.of("bot", "echo $PLATFORM_RELEASE_VERSION port ${PORT-none}; " + WORKER)),
              "bot",
              1);
      assertThat(machine.rollOut(bot)).isEqualTo(new Live());
      assertThat(states(machine, bot, ProcessState.Status.UP)).containsExactly("bot.1");
      awaitLog(machine, "v1/bot.*", 2);
      assertThat(log(machine, "v1/bot.*", line -> true))
          .containsExactly("v1/bot.1 port none", "v1/bot.1 begins");

      RunSpec broken =
          scaled(machine.release("shop", Map.of("bot", "echo no token; exit 4")), "bot", 1);
      assertThat(machine.rollOut(broken))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(FailureMessages.of(failed.cause()))
                    .isEqualTo("Process bot.1 exited with code 4 soon after its start.");
                assertThat(failed.lastLines()).containsExactly("no token");
              });
      OneMachine.eventually(
          () -> states(machine, bot, ProcessState.Status.UP).equals(List.of("bot.1")));
      assertThat(machine.processes.states().of(bot.app()))
          .allMatch(it -> it.release().equals(bot.release().version()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Restart.Manner.class,
      names = {"ROLLING", "STOP"})
  void restartsWhatWasAskedForAndNothingElse(Restart.Manner manner) throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(Isolation.WHERE_POSSIBLE, front)) {
      Formation formation = Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 2);
      RunSpec spec = with(machine.release("shop", webAndWorker("v1")), formation);
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      awaitUp(machine, spec, 4);
      OneMachine.eventually(() -> starts(machine).size() == 4);
      Restarts restarts = Restarts.NONE;
      for (ProcessSelector selector :
          List.of(
              new ProcessSelector.One(new ProcessName("worker", "2")),
              new ProcessSelector.One(new ProcessName("web", "1")),
              new ProcessSelector.OfType("worker"),
              new ProcessSelector.OfType("web"),
              new ProcessSelector.All())) {
        SortedMap<String, Long> before = starts(machine);
        restarts = restarts.with(selector, manner, Instant.now());
        RunSpec asked = OneMachine.with(spec, formation, restarts);
        try (Load load = new Load(front, new AtomicLong())) {
          assertThat(machine.rollOut(asked)).isEqualTo(new Live());
          machine.processes.apps().apply(asked);
          OneMachine.eventually(() -> starts(machine).equals(more(before, selector)));
          awaitUp(machine, spec, 4);
          if (manner == Restart.Manner.ROLLING) {
            assertThat(load.errors).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void aWorkerThatCrashesInALoopWaitsLongerEachTimeAndTellsHowOften() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(Isolation.WHERE_POSSIBLE, front)) {
      RunSpec spec =
          with(
              machine.release(
                  "shop", Map.of("web", web("v1").get("web"), "worker", "echo bad; exit 5")),
              Formation.UNSCALED.withQuantity("worker", 1));
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      OneMachine.eventually(() ->
          machine.processes.states().of(spec.app()).stream()
              .anyMatch(it ->
                  it.type().equals("worker")
                      && it.restarts() >= 4
                      && it.status() == ProcessState.Status.CRASHED
                      && it.reason().isPresent()));
      machine.awaitAppLog(
          "shop",
          log -> assertThat(log).contains("again in 0.0 s", "again in 0.1 s", "again in 0.2 s"));
      assertThat(ask(front)).isEqualTo("v1 web.1");
    }
  }

  @Test
  void bringsTheWholeFormationUpAgainAfterARestart() throws Exception {
    Formation formation = Formation.UNSCALED.withQuantity("web", 2).withQuantity("worker", 1);
    RunSpec spec;
    try (Front front = new Front();
        OneMachine machine = machine(Isolation.WHERE_POSSIBLE, front)) {
      spec =
          with(
              machine.release("shop", webAndWorker("v1"), Map.of(), Release.Status.LIVE),
              formation);
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      awaitUp(machine, spec, 3);
    }
    try (Front front = new Front();
        OneMachine machine = machine(Isolation.WHERE_POSSIBLE, front)) {
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      awaitUp(machine, spec, 3);
      assertThat(List.of(ask(front), ask(front))).containsExactlyInAnyOrder("v1 web.1", "v1 web.2");
    }
  }

  @Test
  void tellsWhatAProcessUses() throws Exception {
    try (Front front = new Front();
        OneMachine machine = machine(Isolation.WHERE_POSSIBLE, front)) {
      RunSpec spec = machine.release("shop", web("v1"));
      assertThat(machine.rollOut(spec)).isEqualTo(new Live());
      OneMachine.eventually(
          () -> machine.processes.states().of(spec.app()).getFirst().usage().cpu().isPresent());
      ProcessState.Usage usage = machine.processes.states().of(spec.app()).getFirst().usage();
      assertThat(usage.memory().orElse(0L)).isBetween(10L << 20, 4L << 30);
      assertThat(usage.cpu().orElse(-1.0)).isBetween(0.0, 64.0);
    }
  }

  /** Asks again and again, until it is closed; requests that began before a time may fail. */
  private static final class Load implements AutoCloseable {
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();

    Load(Front front, AtomicLong from) {
      for (int i = 0; i < 8; i++) {
        clients.add(
            Thread.ofVirtual()
                .start(() -> {
                  while (!stop.get()) {
                    long began = System.nanoTime();
                    String answer = answer(front);
                    if (answer.startsWith("HTTP/1.1 200")) {
                      answers.incrementAndGet();
                    } else if (began - from.get() >= 0) {
                      errors.add(answer);
                    }
                  }
                }));
      }
    }

    private static String answer(Front front) {
      try {
        return front.get(HOST, "/");
      } catch (IOException e) {
        return String.valueOf(e.getMessage());
      }
    }

    void awaitAnswers(int more) {
      int before = answers.get();
      OneMachine.eventually(() -> answers.get() >= before + more);
    }

    @Override
    public void close() {
      stop.set(true);
      for (Thread client : clients) {
        try {
          client.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private OneMachine machine(Isolation isolation, Front front) throws IOException {
    return new OneMachine(data, OneMachine.settings(data, isolation, "exit 0"), front.proxy());
  }

  private static Map<String, String> web(String version) {
    return web(version, 0);
  }

  /** Says who answers; a request for /hold waits until somebody writes to the port. */
  private static Map<String, String> web(String version, int gate) {
    String held =
        "require(\"net\").connect(%d, \"127.0.0.1\").on(\"data\", () => r.end(me))".formatted(gate);
    return Map.of(
        "web",
        ("echo $PLATFORM_RELEASE_VERSION begins; exec node -e 'const me = \"%s \" + process.env.DYNO; require(\"http\").createServer((q, r) =>"
                + " q.url === \"/hold\" ? %s : r.end(me)).listen(process.env.PORT)'")
            .formatted(version, held));
  }

  private static Map<String, String> webAndWorker(String version) {
    return Map.of("web", web(version).get("web"), "worker", WORKER);
  }

  private static RunSpec scaled(RunSpec spec, String type, int quantity) {
    return with(spec, Formation.UNSCALED.withQuantity(type, quantity));
  }

  private static RunSpec with(RunSpec spec, Formation formation) {
    return OneMachine.with(spec, formation, Restarts.NONE);
  }

  private static String ask(Front front) throws IOException {
    return body(front.get(HOST, "/"));
  }

  private static String body(String answer) {
    return Optional.of(answer.indexOf("\r\n\r\n"))
        .filter(at -> at >= 0 && answer.startsWith("HTTP/1.1 200"))
        .map(at -> answer.substring(at + 4))
        .map(text -> text.replaceAll("(?s)^[0-9a-f]+\r\n(.*)\r\n0\r\n\r\n$", "$1"))
        .orElse(answer);
  }

  private static List<String> states(OneMachine machine, RunSpec spec, ProcessState.Status status) {
    return machine.processes.states().of(spec.app()).stream()
        .filter(it -> it.status() == status)
        .map(it -> it.name().toString())
        .toList();
  }

  private static void awaitUp(OneMachine machine, RunSpec spec, int count) {
    OneMachine.eventually(() ->
        machine.processes.states().of(spec.app()).size() == count
            && states(machine, spec, ProcessState.Status.UP).size() == count);
  }

  /** How often each process has begun. */
  private static SortedMap<String, Long> starts(OneMachine machine) {
    SortedMap<String, Long> starts = new TreeMap<>();
    log(machine, "v1/.*", line -> line.endsWith(" begins"))
        .forEach(line -> starts.merge(line.replaceAll("v1/(\\S+) .*", "$1"), 1L, Long::sum));
    return starts;
  }

  private static SortedMap<String, Long> more(
      SortedMap<String, Long> before, ProcessSelector selector) {
    SortedMap<String, Long> after = new TreeMap<>(before);
    after.replaceAll((name, count) ->
        selector.matches(ProcessName.parse(name).orElseThrow()) ? count + 1 : count);
    return after;
  }

  /** Lines of processes that say their release first, such as {@code v1/web.1 begins}. */
  private static List<String> log(OneMachine machine, String from, Predicate<String> which) {
    try {
      return machine
          .appLog("shop")
          .lines()
          .map(line -> line.replaceAll("^\\S+ app (\\S+) (v\\d+) ", "$2/$1 "))
          .filter(line -> line.matches(from + " .*") && which.test(line))
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static void awaitLog(OneMachine machine, String from, int lines) {
    OneMachine.eventually(() -> log(machine, from, line -> true).size() >= lines);
  }

  private static CompletableFuture<String> later(Callable<String> work) {
    CompletableFuture<String> done = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        done.complete(work.call());
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
    return done;
  }

  /** One of the servers that this test has started. */
  private static void kill() throws Exception {
    long pid =
        OneMachine.runningNamed("node\0-e\0").stream()
            .filter(node ->
                ProcessHandle.current().descendants().anyMatch(child -> child.pid() == node))
            .findFirst()
            .orElseThrow();
    assertThat(new ProcessBuilder("kill", "-KILL", Long.toString(pid)).start().waitFor()).isZero();
  }
}
