package io.platform.process.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program of the platform's own that runs inside a sandbox: a builder or a runner.
 *
 * @param command absolute, with paths as they are outside of the sandbox; no secrets
 * @param tools the files and directories of it that are not the system's: they are mounted
 *     read-only in {@code /opt/platform}, and their paths in the command follow
 */
public record SandboxProgram(List<String> command, List<Path> tools) {
  /** The main class of the builder, and of the runner, in the fat jar of module slug-runner. */
  private static final String BUILDER = "io.platform.slug.build.BuilderMain";

  private static final String RUNNER = "io.platform.slug.run.RunnerMain";

  /**
   * Start fast: these JVMs live for seconds. Messages of the JVM's own would land in the user's
   * output.
   */
  private static final List<String> QUICK =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:-MaxFDLimit",
          "-Xlog:disable",
          "--enable-native-access=ALL-UNNAMED");

  /** Copies; longer paths first, so that one inside another is replaced first. */
  public SandboxProgram {
    command = List.copyOf(command);
    tools =
        tools.stream()
            .sorted(Comparator.comparingInt((Path p) -> p.toString().length()).reversed())
            .toList();
  }

  /**
   * The builder.
   *
   * @param jdk the home of a JDK 25
   * @param jar slug-runner's fat jar
   * @param aot its ahead-of-time cache for the builder; left out where the file is not there, or is
   *     older than the jar: the JVM would run the code of the former jar (JDK 25)
   * @param jvm more options for its JVM, such as {@code -Xmx256m}
   */
  public static SandboxProgram builder(Path jdk, Path jar, Path aot, List<String> jvm) {
    return java(jdk, jar, aot, jvm, BUILDER);
  }

  /** The runner; parameters as for {@link #builder}. */
  public static SandboxProgram runner(Path jdk, Path jar, Path aot, List<String> jvm) {
    return java(jdk, jar, aot, jvm, RUNNER);
  }

  private static SandboxProgram java(Path jdk, Path jar, Path aot, List<String> jvm, String main) {
    Optional<Path> cache = Optional.of(aot).filter(file -> isFor(jar, file));
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(QUICK);
    cache.ifPresent(file -> command.add("-XX:AOTCache=" + file));
    command.addAll(jvm);
    command.addAll(List.of("-cp", jar.toString(), main));
    return new SandboxProgram(command, Stream.concat(Stream.of(jdk, jar), cache.stream()).toList());
  }

  private static boolean isFor(Path jar, Path cache) {
    try {
      return Files.isReadable(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The command as it is inside, where each tool is at {@link #inside}. */
  List<String> commandInside() {
    return command.stream().map(this::translate).toList();
  }

  /** Where a tool is mounted. */
  static String inside(Path tool) {
    return "/opt/platform/" + tool.getFileName();
  }

  private String translate(String argument) {
    for (Path tool : tools) {
      if (argument.contains(tool.toString())) {
        return argument.replace(tool.toString(), inside(tool));
      }
    }
    return argument;
  }
}
