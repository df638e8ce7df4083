package io.platform.slug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main class of slug-runner in a process of its own, as it is run for real. */
public final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with {@code env} and a PATH, and no other environment. */
  public static JavaProcess start(Path directory, String main, Map<String, String> env)
      throws IOException {
    return start(directory, main, env, List.of());
  }

  /**
   * As {@link #start}, with signals ignored as nohup(1) and shells leave them to what they start.
   */
  public static JavaProcess startInBackground(Path directory, String main, Map<String, String> env)
      throws IOException {
    List<String> shell = List.of("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "sh");
    return start(directory, main, env, shell);
  }

  private static JavaProcess start(
      Path directory, String main, Map<String, String> env, List<String> starter)
      throws IOException {
    List<String> command = new ArrayList<>(starter);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-MaxFDLimit"));
    String jar = System.getProperty("slug.jar", "");
    if (jar.isEmpty()) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    } else {
      Path cache = Path.of(jar).resolveSibling(cache(main));
      if (isNewer(cache, Path.of(jar))) {
        command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable"));
      }
      command.addAll(List.of("-cp", jar, main));
    }
    Path output = Files.createTempFile(directory, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8"));
    builder.environment().putAll(env);
    return new JavaProcess(builder.start(), output);
  }

  /** The AOT cache that slug-runner's build makes for a main class. */
  private static String cache(String main) {
    String name = main.substring(main.lastIndexOf('.') + 1).replace("Main", "");
    return name.toLowerCase(Locale.ROOT) + ".aot";
  }

  /** The JVM does not notice that a jar is another one than when the cache was made. */
  private static boolean isNewer(Path cache, Path jar) throws IOException {
    return Files.exists(cache)
        && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  public long pid() {
    return process.pid();
  }

  /** Its exit code, once it has ended. */
  public int await() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it did not end:\n" + output());
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it wrote so far, errors included. */
  public String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
