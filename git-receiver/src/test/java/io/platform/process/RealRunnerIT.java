package io.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.platform.app.Release;
import io.platform.app.RolloutEnd;
import io.platform.app.RolloutEnd.Failed;
import io.platform.app.RolloutEnd.Live;
import io.platform.app.RunSpec;
import io.platform.process.ProcessSettings.Isolation;
import io.platform.slug.Blob;
import io.platform.slug.HashingOutputStream;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugArchive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The runner of module slug-runner in its box, with a slug that comes by HTTP. */
@Timeout(120)
class RealRunnerIT {
  private static final Path TARGET = Path.of("../slug-runner/target").toAbsolutePath().normalize();

  @TempDir Path data;
  private HttpServer platform;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(Files.exists(TARGET.resolve("slug-runner-all.jar")), "slug-runner is not packaged");
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.start();
  }

  @AfterEach
  void stop() {
    platform.stop(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void startsAnAppFromItsSlug(Isolation isolation) throws Exception {
    String script =
        """
        require('http').createServer((q, r) => r.end(JSON.stringify({
          argv: process.argv, env: process.env, cwd: process.cwd() }))).listen(process.env.PORT);
        """;
    serveSlug(Map.of("web", "node server.js hello"), Map.of("server.js", script));
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
          .doesNotContain("PLATFORM_", OneMachine.TOKEN);
      assertThat(OneMachine.started("RunnerMain")).isEmpty();
      assertThat(OneMachine.started("server.js")).isNotEmpty();
      machine.processes.apps().remove(spec.app());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void tellsWhyTheRunnerFailed(Isolation isolation) throws Exception {
    platform.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    try (OneMachine machine = machine(isolation)) {
      RolloutEnd end = machine.rollOut(spec(machine, Map.of("web", "true"), Map.of()));
      assertThat(end)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.message())
                    .contains("The release could not be started: its runner exited with code 10");
                assertThat(failed.lastLines()).isNotEmpty();
              });
    }
  }

  /** Shows its figures; it asserts none. */
  @ParameterizedTest
  @EnumSource(names = {"REQUIRED", "NONE"})
  void showsHowLongAStartTakes(Isolation isolation) throws Exception {
    String command = "exec node server.js";
    serveSlug(
        Map.of("web", command),
        Map.of(
            "server.js",
            "require('http').createServer((q, r) => r.end('x')).listen(process.env.PORT)"));
    List<Long> millis = new ArrayList<>();
    try (OneMachine machine = machine(isolation)) {
      int port = 0;
      for (int round = 0; round < 8; round++) {
        RunSpec spec = spec(machine, Map.of("web", command), Map.of());
        long start = System.nanoTime();
        machine.processes.apps().apply(spec);
        port = machine.traffic.awaitRoute("shop-team.localhost", port).getPort();
        millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
      }
    }
    assertThat(millis).hasSize(8);
    LoggerFactory.getLogger(RealRunnerIT.class)
        .info("{}: apply to traffic in {} ms", isolation, millis);
  }

  private OneMachine machine(Isolation isolation) throws IOException {
    Path jdk = Path.of(System.getProperty("java.home"));
    Path jar = TARGET.resolve("slug-runner-all.jar");
    Program runner = Program.runner(jdk, jar, TARGET.resolve("runner.aot"), List.of("-Xmx96m"));
    ProcessSettings settings = OneMachine.settings(data, isolation, ":");
    return new OneMachine(
        data,
        new ProcessSettings(
            data, settings.builder(), runner, isolation, settings.builds(), settings.apps()));
  }

  private RunSpec spec(OneMachine machine, Map<String, String> types, Map<String, String> vars) {
    RunSpec spec = machine.release("shop", types, vars, Release.Status.PENDING);
    URI url = URI.create("http://127.0.0.1:" + platform.getAddress().getPort());
    return new RunSpec(spec.app(), spec.release(), spec.token(), url);
  }

  private void serveSlug(Map<String, String> types, Map<String, String> files) throws IOException {
    Path app = Files.createDirectories(data.resolve("slug-of-test/app"));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(app.resolve(file.getKey()), file.getValue());
    }
    Path slug = data.resolve("slug-of-test/slug");
    Blob blob;
    try (HashingOutputStream out =
        new HashingOutputStream(Files.newOutputStream(slug), Long.MAX_VALUE)) {
      SlugArchive.write(app, "test", "platform-1", new ProcessTypes(types), out);
      blob = out.blob();
    }
    String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(blob.sha256()));
    platform.createContext(
        "/",
        exchange -> {
          boolean object = exchange.getRequestURI().getPath().equals("/object");
          boolean known =
              ("Bearer " + OneMachine.TOKEN)
                  .equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = object ? Files.readAllBytes(slug) : new byte[0];
          if (!object && known) {
            exchange.getResponseHeaders().add("Location", "/object");
            exchange.getResponseHeaders().add("Repr-Digest", "sha-256=:" + digest + ":");
          }
          exchange.sendResponseHeaders(
              object ? 200 : known ? 307 : 401, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
