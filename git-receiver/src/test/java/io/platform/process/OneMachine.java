package io.platform.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.AppOptions;
import io.platform.domain.Artifact;
import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.Formation;
import io.platform.domain.Origin;
import io.platform.domain.Release;
import io.platform.domain.Restarts;
import io.platform.domain.RolloutEnd;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Traffic;
import io.platform.process.sandbox.ControlGroups;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import io.platform.process.sandbox.SandboxProgram;
import io.platform.slug.ProcessTypes;
import io.platform.support.AppBuilder;
import io.platform.support.ReleaseBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The adapters of one machine, with bash scripts in the places of builder and runner. */
public final class OneMachine implements AutoCloseable {
  static final URI URL = URI.create("http://localhost:8080");
  public static final String TOKEN = "the-token-of-this-test";

  /**
   * Stands in for the runner: becomes the command that a config var has, in the app's environment.
   */
  private static final String RUNNER =
      """
      if [ "${PLATFORM_INIT:-}" = wait ]; then become=$PLATFORM_VAR_WAIT; else become='exec bash -c "$1"'; fi
      name=PLATFORM_VAR_COMMAND_$PLATFORM_PROCESS; command=${PLATFORM_COMMAND:-${!name}}; unset PLATFORM_VAR_WAIT "${!PLATFORM_VAR_COMMAND_@}"
      change=(); for name in ${!PLATFORM_*}; do change+=(-u "$name"); done
      change+=("PLATFORM_RELEASE_VERSION=$PLATFORM_RELEASE_VERSION")
      for name in ${!PLATFORM_VAR_*}; do change+=("${name#PLATFORM_VAR_}=${!name}"); done
      exec env "${change[@]}" bash -c "$become" runner "$command"
      """;

  private static final String WAIT =
      """
      noted=; trap noted=1 TERM
      bash -c "$1" & app=$!
      while :; do wait "$app"; code=$?; kill -0 "$app" 2>/dev/null || break; done
      others() { for p in /proc/[0-9]*; do case ${p#/proc/} in 1|$$) ;; *) return 0;; esac; done; return 1; }
      while [ -n "$noted" ] && others; do sleep 0.02; done
      exit "$code"
      """;

  public final Path data;
  public final RecordingTraffic traffic = new RecordingTraffic();
  public final ProcessAdapters processes;
  private int releases;

  public OneMachine(Path data, ProcessSettings settings) throws IOException {
    this.data = data;
    this.processes = ProcessAdapters.open(settings, traffic);
  }

  /** With control groups in another place than the system's. */
  public OneMachine(Path data, ProcessSettings settings, Function<String, ControlGroups> groups)
      throws IOException {
    this.data = data;
    this.processes = ProcessAdapters.open(settings, traffic, groups);
  }

  /** With a proxy of its own, which {@link #traffic} does not record. */
  public OneMachine(Path data, ProcessSettings settings, Traffic proxy) throws IOException {
    this.data = data;
    this.processes = ProcessAdapters.open(settings, proxy);
  }

  /** Limits that make tests short. */
  public static ProcessSettings settings(Path data, Isolation isolation, String builder) {
    return ProcessSettings.of(data, bash(builder), bash(RUNNER))
        .with(isolation)
        .with(
            new ProcessSettings.Builds(
                2, Duration.ofMillis(500), new ProcessSettings.Limits(0, 4096, 0)))
        .with(apps(Duration.ofSeconds(30), Duration.ofSeconds(20)));
  }

  public static ProcessSettings.Apps apps(Duration boot, Duration grace) {
    return apps(boot, grace, Duration.ofMillis(20), Duration.ofMillis(200));
  }

  /** Waits so long until it starts a crashed process again. */
  public static ProcessSettings.Apps apps(
      Duration boot, Duration grace, Duration firstRestart, Duration mostRestart) {
    ProcessSettings.Apps defaults = ProcessSettings.Apps.DEFAULTS;
    return new ProcessSettings.Apps(
        boot,
        Duration.ofMillis(700),
        Duration.ofSeconds(30),
        grace,
        new ProcessSettings.RestartPauses(firstRestart, mostRestart, Duration.ofMinutes(1)),
        defaults.ports(),
        defaults.logs(),
        new ProcessSettings.Limits(0, 4096, 0),
        defaults.starts());
  }

  static SandboxProgram bash(String script) {
    return new SandboxProgram(List.of("/bin/bash", "-c", script), List.of());
  }

  /** A web server in one line of JavaScript: {@code body} answers, {@code extra} is run as well. */
  public static String node(String body, String extra) {
    return "node -e 'require(\"http\").createServer((q, r) => r.end(%s)).listen(process.env.PORT);%s'"
        .formatted(body, extra);
  }

  App app(String name) {
    return AppBuilder.of("id-" + name, "customer", "team", name)
        .host(name + "-team.localhost")
        .build();
  }

  /** A new release of the app whose web process is the command. */
  public RunSpec release(String app, String command) {
    return release(app, Map.of("web", command), Map.of(), Release.Status.PENDING);
  }

  /** A new release of the app with several process types. */
  public RunSpec release(String app, Map<String, String> types) {
    return release(app, types, Map.of(), Release.Status.PENDING);
  }

  /** The same release, with another formation and restarts of its app. */
  public static RunSpec with(RunSpec spec, Formation formation, Restarts restarts) {
    return with(spec, formation, restarts, spec.app().options());
  }

  /** The same release, with other options of its app. */
  public static RunSpec with(RunSpec spec, AppOptions options) {
    return with(spec, spec.app().formation(), spec.app().restarts(), options);
  }

  private static RunSpec with(
      RunSpec spec, Formation formation, Restarts restarts, AppOptions options) {
    App app = spec.app();
    return new RunSpec(
        AppBuilder.from(app).formation(formation).restarts(restarts).options(options).build(),
        spec.release(),
        spec.token(),
        spec.platformUrl());
  }

  public RunSpec release(
      String app, Map<String, String> types, Map<String, String> vars, Release.Status status) {
    int number = ++releases;
    Map<String, String> config = new HashMap<>(vars);
    types.forEach((type, command) -> config.put("COMMAND_" + type, command));
    config.put("WAIT", WAIT);
    Release release =
        ReleaseBuilder.of("release" + number, app(app).id(), number)
            .artifact(new Artifact.Slug(new StoredObject("slug", 1, new Sha256("0".repeat(64)))))
            .config(new Config(new TreeMap<>(config)))
            .processTypes(new ProcessTypes(types))
            .by("somebody@example.com")
            .status(status)
            .build();
    return new RunSpec(app(app), release, TOKEN, URL);
  }

  public RolloutEnd rollOut(RunSpec spec) throws InterruptedException {
    return processes.apps().apply(spec).await((key, notice) -> {});
  }

  public BuildSpec build(String id) {
    return new BuildSpec(
        new BuildId(id),
        app("built"),
        new Origin.Push("refs/heads/main", "0".repeat(40), "1".repeat(40), "somebody@example.com"),
        Instant.MAX,
        new Config(new TreeMap<>(Map.of("GREETING", "hello"))),
        TOKEN,
        URL);
  }

  /** Writable only by the app of that release: what it sees as its own directory. */
  public Path appDirectory(RunSpec spec) throws IOException {
    Path all = data.resolve("work/apps/team").resolve(spec.app().path().name());
    try (var names = Files.list(all)) {
      return names
          .filter(path -> path.getFileName().toString().startsWith(spec.release().version() + "-"))
          .findFirst()
          .orElseThrow()
          .resolve("app");
    }
  }

  public String appLog(String app) throws IOException {
    try (Stream<Path> files =
        Files.list(data.resolve("logs/apps").resolve(app(app).id().value()))) {
      StringBuilder log = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        log.append(Files.readString(file));
      }
      return log.toString();
    }
  }

  /** Waits for what the log should hold: it is written a little later than things happen. */
  public void awaitAppLog(String app, Consumer<String> expected) {
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> expected.accept(appLog(app)));
  }

  public static String get(InetSocketAddress target) throws IOException {
    try (Socket socket = new Socket(target.getAddress(), target.getPort())) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  /** Processes, wherever they are in the tree, whose name in the process list begins so. */
  public static List<Long> runningNamed(String name) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> commandLine(pid).startsWith(name))
        .toList();
  }

  /** Processes that this JVM has started, whose command line, from the program on, has the text. */
  static List<String> started(String text) {
    return ProcessHandle.current()
        .descendants()
        .map(process -> commandLine(process.pid()))
        .filter(line ->
            line.contains(text) && !line.startsWith("bwrap") && !line.startsWith("/bin/bash"))
        .toList();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  /** Looks again and again, for at most 30 seconds. */
  public static void eventually(BooleanSupplier condition) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(30))
        .until(condition::getAsBoolean);
  }

  @Override
  public void close() {
    processes.close();
  }
}
