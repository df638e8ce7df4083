import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    runtime("java-slug", SLUG_MODULES);
    runtime("java-server", SERVER_MODULES);
    slugRunner();
    server("git-receiver");
    server("auth-server");
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
    Path log = stage.resolveSibling(name + "-training.log");
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

  /** Jars, and a file with the class path in an order that is always the same. */
  private void server(String module) throws IOException {
    Path target = root.resolve(module).resolve("target");
    Path home = Files.createDirectories(stage.resolve(module));
    Path lib = Files.createDirectories(home.resolve("lib"));
    Path app = Files.createDirectories(home.resolve("app"));
    List<String> classPath = new ArrayList<>(List.of("/opt/platform/app/" + module + ".jar"));
    Files.copy(target.resolve(module + ".jar"), app.resolve(module + ".jar"));
    for (Path jar : sorted(target.resolve("lib"))) {
      boolean ours = jar.getFileName().toString().matches("(slug-runner|auth-server|git-receiver)-.*\\.jar");
      Files.copy(jar, (ours ? app : lib).resolve(jar.getFileName()));
      classPath.add("/opt/platform/" + (ours ? "app/" : "lib/") + jar.getFileName());
    }
    Files.writeString(
        app.resolve("java.args"),
        String.join(
            "\n",
            "-XX:+UseSerialGC",
            "-XX:MaxRAMPercentage=60",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Duser.home=/tmp",
            "-Djava.io.tmpdir=/tmp",
            "-Dlog.target=System.out",
            "-Dsun.net.inetaddr.ttl=5",
            "-Dsun.net.inetaddr.negative.ttl=0",
            "-cp " + String.join(":", classPath),
            ""));
    setTimes(home);
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
