package io.platform.local;

import io.platform.commons.file.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JVM of a server in a test. Where the server's jar is packaged, it runs from that and from an
 * AOT cache, which the first test makes: a start then takes half of the processor time.
 */
final class ServerJvm {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");
  private static final List<String> COMMAND = List.copyOf(make());

  private ServerJvm() {}

  /** Returns the command up to the main class. */
  static List<String> command() {
    return new ArrayList<>(COMMAND);
  }

  private static List<String> make() {
    String testClasses =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String jar = System.getProperty("server.jar", "");
    try {
      if (jar.isEmpty()) {
        return command(testClasses, List.of());
      }
      String packaged = packaged(Path.of(jar));
      Path cache = cache(Path.of(jar), packaged);
      // The classes of the tests come last: a cache is used where its own class path comes first.
      return command(
          packaged + ":" + testClasses,
          List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException("The server's AOT cache cannot be made", e);
    }
  }

  private static List<String> command(String classPath, List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(more);
    command.add("-Dplatform.home=" + Path.of("..").toRealPath());
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  private static String packaged(Path jar) throws IOException {
    try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
      return Stream.concat(Stream.of(jar), libraries.sorted())
          .map(Path::toString)
          .collect(Collectors.joining(":"));
    }
  }

  /** Makes the cache, unless it is there already; other JVMs of the same run wait for it. */
  private static Path cache(Path jar, String classPath) throws Exception {
    Path cache = jar.resolveSibling("server-in-tests.aot");
    try (FileChannel channel =
        FileChannel.open(
            jar.resolveSibling("server-in-tests.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      channel.lock(); // until it is closed
      if (!isNewerThanAll(cache, classPath)) {
        train(classPath, cache, jar.resolveSibling("server-in-tests.aot.new"));
      }
    }
    return cache;
  }

  /** The JVM does not notice that a jar is another one than when the cache was made. */
  private static boolean isNewerThanAll(Path cache, String classPath) throws IOException {
    if (!Files.exists(cache)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(cache);
    for (String jar : List.of(classPath.split(":", -1))) {
      if (Files.getLastModifiedTime(Path.of(jar)).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Most classes that a test needs are loaded by its first push; the server's start loads half. */
  private static void train(String classPath, Path cache, Path unfinished) throws Exception {
    Path directory = Files.createTempDirectory("server-training");
    try {
      ServerTrainingRun.in(
          directory, command(classPath, List.of("-XX:AOTCacheOutput=" + unfinished)));
    } finally {
      Directories.delete(directory);
    }
    Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
  }
}
