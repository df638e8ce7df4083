package io.platform.process;

import static org.awaitility.Awaitility.await;

import io.platform.domain.BuildId;
import io.platform.domain.Release;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Measures a start, from the call to the first answer, and the app's own part of it. See
 * docs/bench/start.
 */
final class StartBench {
  private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("RUNS", "15"));
  private static final String SERVER =
      "require('http').createServer((q, r) => r.end('x')).listen(process.env.PORT)";
  private static final String COMMAND = "exec node server.js";

  private StartBench() {}

  private interface Start {
    /** Starts once and returns when it answers. */
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Path work = Files.createTempDirectory("platform-bench");
    try (SlugServer slugs = new SlugServer(work)) {
      slugs.serve(Map.of("web", COMMAND), Map.of("server.js", SERVER));
      report("node server.js, by hand", () -> byHand(work.resolve("app")));
      for (Isolation isolation : List.of(Isolation.REQUIRED, Isolation.NONE)) {
        String box = isolation == Isolation.REQUIRED ? "sandbox" : "session";
        for (boolean aot : new boolean[] {true, false}) {
          ProcessSettings settings =
              SlugServer.withRealRunner(
                  OneMachine.settings(work.resolve("data"), isolation, ":"), aot);
          try (OneMachine machine = new OneMachine(work.resolve("data"), settings)) {
            int[] port = {0};
            report(
                "app: apply to traffic, %s, AOT cache %s".formatted(box, aot),
                () -> {
                  RunSpec spec =
                      slugs.at(
                          machine.release(
                              "shop", Map.of("web", COMMAND), Map.of(), Release.Status.PENDING));
                  machine.processes.apps().apply(spec);
                  port[0] = machine.traffic.awaitRoute("shop-team.localhost", port[0]).getPort();
                });
            int[] build = {0};
            report(
                "build: launch to refused job and exit, %s, AOT cache %s".formatted(box, aot),
                () -> build(machine, slugs, "b" + ++build[0]));
          }
        }
      }
    }
  }

  /** A builder that asks for its job, is refused, and ends. */
  private static void build(OneMachine machine, SlugServer slugs, String id) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Subscription watch =
        machine
            .processes
            .builds()
            .watch(event -> {
              if (event instanceof BuilderEvent.Exited exited
                  && exited.build().equals(new BuildId(id))) {
                ended.countDown();
              }
            });
    BuildSpec spec = machine.build(id);
    machine
        .processes
        .builds()
        .launch(
            new BuildSpec(
                spec.id(),
                spec.app(),
                spec.origin(),
                spec.deadline(),
                spec.config(),
                "wrong",
                slugs.url()));
    ended.await();
    watch.close();
  }

  private static void report(String what, Start start) throws Exception {
    List<Long> micros = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      start.run();
      micros.add(Duration.ofNanos(System.nanoTime() - begin).toNanos() / 1000);
    }
    List<Long> sorted = micros.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-62s p50 %6.1f ms   least %6.1f ms   most %6.1f ms%n",
        what,
        sorted.get(ROUNDS / 2) / 1000.0,
        sorted.getFirst() / 1000.0,
        sorted.getLast() / 1000.0);
  }

  private static void byHand(Path directory) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ProcessBuilder builder = new ProcessBuilder("node", "server.js").directory(directory.toFile());
    builder.environment().put("PORT", Integer.toString(port));
    Process process = builder.start();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofMinutes(1))
        .until(() -> answers(port));
    process.destroyForcibly().waitFor();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
