import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Lays out what goes into the images, under {@code k8s/images/target/stage}: Java runtimes of the modules
 * that are needed, the jars, and ahead-of-time caches made with exactly those runtimes and jars. Every
 * file gets the time that Jib gives to files in images: a cache is good only for jars of the time that
 * it saw.
 *
 * <p>Run by Maven as a source file, by the JDK that the images get: {@code java Stage.java ROOT}.
 */
final class Stage {
  /** Of both servers. Libraries look for much by reflection: jdeps alone does not tell. */
  private static final String SERVER_MODULES =
      "java.base,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,"
          + "java.security.sasl,java.sql,java.xml,jdk.jcmd,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs";

  /** Of the builder, the runner and the server of static sites. */
  private static final String SLUG_MODULES = "java.base,java.net.http,jdk.httpserver,jdk.unsupported";

  private static final String IN_IMAGE = "/opt/platform/";
  private static final String CACHE = "aot/server.aot";

  private static final FileTime IMAGE_TIME = FileTime.from(1, TimeUnit.SECONDS);

  private final Path root;
  private final Path stage;

  private Stage(Path root) {
    this.root = root;
    this.stage = root.resolve("k8s/images/target/stage");
  }

  public static void main(String[] arguments) throws Exception {
    new Stage(Path.of(arguments[0]).toAbsolutePath().normalize()).run();
  }

  private void run() throws Exception {
    delete(stage);
    // By them Jib finds layers that it made before: by path and time alone, and here all times are the same.
    delete(stage.resolveSibling("jib-cache/selectors"));
    runtime("java-slug", SLUG_MODULES);
    runtime("java-server", SERVER_MODULES);
    slugRunner();
    server("git-receiver", "io.platform.receiver.ReceiverMain", Stage::receiverSettings);
    server("auth-server", "io.platform.auth.AuthMain", Stage::authSettings);
  }

  private void runtime(String name, String modules) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink").orElseThrow(() -> new IllegalStateException("this JDK has no jlink"));
    int status =
        jlink.run(
            System.out, System.err,
            "--add-modules", modules,
            "--strip-debug", "--no-header-files", "--no-man-pages", "--compress", "zip-6",
            "--output", stage.resolve(name).toString());
    if (status != 0) {
      throw new IllegalStateException("jlink failed with status " + status);
    }
    setTimes(stage.resolve(name));
  }

  private void slugRunner() throws Exception {
    Path home = Files.createDirectories(stage.resolve("slug-runner"));
    Path jar = home.resolve("slug-runner.jar");
    Files.copy(root.resolve("slug-runner/target/slug-runner-all.jar"), jar);
    setTimes(home);
    trainSlug(home, "builder", "io.platform.slug.build.BuilderMain", "-Xmx192m");
    trainSlug(home, "runner", "io.platform.slug.run.RunnerMain", "-Xmx64m");
    setTimes(home);
  }

  /** The flags are those of src/main/slug-runner/bin: with others the cache would be ignored. */
  private void trainSlug(Path home, String name, String main, String memory) throws Exception {
    train(
        home,
        name,
        List.of(
            stage.resolve("java-slug/bin/java").toString(),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:-MaxFDLimit",
            "--enable-native-access=ALL-UNNAMED", memory,
            "-XX:AOTCacheOutput=" + home.resolve(name + ".aot"),
            "-cp", home.resolve("slug-runner.jar").toString(),
            main, "--train"));
  }

  private void train(Path home, String name, List<String> command) throws Exception {
    Path log = log(name);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    if (process.waitFor() != 0 || !Files.exists(home.resolve(name + ".aot"))) {
      throw new IllegalStateException("no ahead-of-time cache was made for the " + name + ": see " + log);
    }
  }

  /**
   * Jars, a file with the flags and the class path in an order that is always the same, and a cache of what is loaded until the
   * program serves. The deployer has the receiver's: most of what it loads is the same, and a cache is for a class path.
   */
  private void server(String module, String main, Settings settings) throws Exception {
    Path target = root.resolve(module).resolve("target");
    Path home = Files.createDirectories(stage.resolve(module));
    Path lib = Files.createDirectories(home.resolve("lib"));
    Path app = Files.createDirectories(home.resolve("app"));
    Path cache = home.resolve(CACHE);
    Files.createDirectories(cache.getParent());
    List<String> classPath = new ArrayList<>(List.of(IN_IMAGE + "app/" + module + ".jar"));
    Files.copy(target.resolve(module + ".jar"), app.resolve(module + ".jar"));
    for (Path jar : sorted(target.resolve("lib"))) {
      boolean ours = jar.getFileName().toString().matches("(commons|slug-runner|auth-server|git-receiver)-.*\\.jar");
      Files.copy(jar, (ours ? app : lib).resolve(jar.getFileName()));
      classPath.add(IN_IMAGE + (ours ? "app/" : "lib/") + jar.getFileName());
    }
    List<String> flags =
        List.of(
            "-XX:+UseSerialGC",
            "-XX:MaxRAMPercentage=60", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30", "-XX:-ShrinkHeapInSteps",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Duser.home=/tmp",
            "-Djava.io.tmpdir=/tmp",
            "-Dlog.target=System.out",
            "-Dsun.net.inetaddr.ttl=5",
            "-Dsun.net.inetaddr.negative.ttl=0");
    String jars = "-cp " + String.join(":", classPath);
    // Where it does not fit, the server starts without it, and without a word.
    List<String> cached = List.of("-XX:AOTCache=" + IN_IMAGE + CACHE, "-Xlog:aot*=off,cds*=off");
    Files.write(app.resolve("java.args"), Stream.of(flags, cached, List.of(jars)).flatMap(List::stream).toList());
    setTimes(home);

    List<String> command = new ArrayList<>(List.of(stage.resolve("java-server/bin/java").toString()));
    command.addAll(flags);
    command.add("-XX:AOTCacheOutput=" + cache);
    command.addAll(List.of(jars.replace(IN_IMAGE, home + "/").split(" ")));
    command.add(main);
    if (!trainServer(module, command, settings)) {
      Files.deleteIfExists(cache);
      System.err.printf("Warning: the image of the %s has no ahead-of-time cache and starts slower: see %s%n", module, log(module));
    }
    setTimes(home);
  }

  /** What a server is told for its training: it has a port and a directory of its own. */
  private interface Settings {
    Map<String, String> of(int port, Path data, URI kubernetes) throws IOException;
  }

  private static Map<String, String> receiverSettings(int port, Path data, URI kubernetes) throws IOException {
    Path kubeconfig =
        Files.writeString(
            data.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: training
            clusters: [{name: training, cluster: {server: "%s"}}]
            users: [{name: training, user: {}}]
            contexts: [{name: training, context: {cluster: training, user: training}}]
            """
                .formatted(kubernetes));
    String here = "http://127.0.0.1:" + port;
    return Map.ofEntries(
        Map.entry("KUBECONFIG", kubeconfig.toString()),
        Map.entry("PLATFORM_DATA", data.toString()),
        Map.entry("PLATFORM_LISTEN", "127.0.0.1"),
        Map.entry("PLATFORM_RECEIVER_PORT", Integer.toString(port)),
        Map.entry("PLATFORM_DEPLOYER_PORT", Integer.toString(port)),
        Map.entry("PLATFORM_METRICS_LISTEN", "127.0.0.1:0"),
        Map.entry("PLATFORM_PUBLIC_URL", here),
        Map.entry("PLATFORM_INTERNAL_URL", here),
        Map.entry("PLATFORM_REPORTS_URL", here),
        Map.entry("PLATFORM_CLIENT_SECRET", "for-the-training-and-nothing-else"),
        Map.entry("PLATFORM_CONFIG_KEYS", Base64.getEncoder().encodeToString(new byte[32])),
        Map.entry("PLATFORM_SLUG_RUNNER_IMAGE", "training"));
  }

  private static Map<String, String> authSettings(int port, Path data, URI kubernetes) {
    return Map.of(
        "PLATFORM_AUTH_HOST", "127.0.0.1",
        "PLATFORM_AUTH_PORT", Integer.toString(port),
        "PLATFORM_AUTH_METRICS_LISTEN", "127.0.0.1:0",
        "PLATFORM_AUTH_ISSUER", "http://127.0.0.1:" + port,
        "PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:" + data.resolve("auth.db"));
  }

  private Path log(String name) {
    return stage.resolveSibling(name + "-training.log");
  }

  /** Starts it, waits until it serves, and stops it: its JVM leaves the cache. Without one the image is good as well. */
  private boolean trainServer(String name, List<String> command, Settings settings) throws Exception {
    Path data = Files.createTempDirectory("platform-training");
    HttpServer kubernetes = emptyCluster();
    try {
      int port = freePort();
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(variable -> variable.startsWith("PLATFORM_"));
      URI cluster = URI.create("http://127.0.0.1:" + kubernetes.getAddress().getPort());
      builder.environment().putAll(settings.of(port, data, cluster));
      Process server = builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
      boolean served = serves(server, port);
      server.destroy();
      boolean ended = server.waitFor(3, TimeUnit.MINUTES);
      server.destroyForcibly().waitFor();
      return served && ended && Files.readString(log(name)).contains("AOTCache creation is complete");
    } catch (IOException e) {
      Files.writeString(log(name), "%nThe training failed: %s%n".formatted(e), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return false;
    } finally {
      kubernetes.stop(0);
      delete(data);
    }
  }

  /** A Kubernetes API server that has no objects, and never any news. */
  private static HttpServer emptyCluster() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Stage::answerWithNothing);
    server.start();
    return server;
  }

  private static void answerWithNothing(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
      exchange.sendResponseHeaders(200, 0); // and it stays open
      exchange.getResponseBody().flush();
      return;
    }
    try (exchange) {
      byte[] list =
          "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"metadata\": {\"resourceVersion\": \"1\"}, \"items\": []}"
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, list.length);
      exchange.getResponseBody().write(list);
    }
  }

  private static boolean serves(Process server, int port) throws InterruptedException {
    HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int tries = 0; tries < 900 && server.isAlive(); tries++) {
        try {
          if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return true;
          }
        } catch (IOException notYet) {
          // The next try tells.
        }
        Thread.sleep(100);
      }
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void setTimes(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.forEach(Stage::setTime);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void setTime(Path file) {
    try {
      Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(IMAGE_TIME, null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
