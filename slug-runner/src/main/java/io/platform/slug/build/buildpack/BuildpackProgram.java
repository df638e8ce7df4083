package io.platform.slug.build.buildpack;

import io.platform.commons.console.LineSplitter;
import io.platform.slug.build.process.ChildReaper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Runs a program of a buildpack. It has ended when it and all that it started have, and all its
 * output is read.
 */
public final class BuildpackProgram {
  private final Map<String, String> environment;
  private final Path directory;

  /** Programs get {@code environment} and nothing else, and start in {@code directory}. */
  public BuildpackProgram(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  public Map<String, String> environment() {
    return environment;
  }

  /** The same with another environment. */
  public BuildpackProgram with(Map<String, String> other) {
    return new BuildpackProgram(other, directory);
  }

  /** Runs it, output and errors merged, each line at once; returns its exit status. */
  public int run(List<String> command, Consumer<String> lines)
      throws IOException, InterruptedException {
    Process process = start(command, true);
    return await(command, process, List.of(new Reader(process.getInputStream(), lines)));
  }

  /** Runs it, output and errors apart; returns its exit status. */
  public int run(List<String> command, Consumer<String> output, Consumer<String> errors)
      throws IOException, InterruptedException {
    Process process = start(command, false);
    return await(
        command,
        process,
        List.of(
            new Reader(process.getInputStream(), output),
            new Reader(process.getErrorStream(), errors)));
  }

  /**
   * By way of a shell, which says in the log why a program cannot be run, and runs it as its own.
   */
  private Process start(List<String> command, boolean merged) throws IOException {
    List<String> shell = new ArrayList<>(List.of("bash", "-c", "exec \"$0\" \"$@\""));
    shell.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(shell).redirectErrorStream(merged);
    builder.directory(directory.toFile()).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int await(List<String> command, Process process, List<Reader> readers)
      throws IOException, InterruptedException {
    try {
      int status = process.waitFor();
      // Whoever still holds the pipe would keep its end from coming.
      ChildReaper.kill();
      for (Reader reader : readers) {
        reader.join(command.getFirst());
      }
      return status;
    } finally {
      process.destroyForcibly();
      ChildReaper.kill();
    }
  }

  /** Reads a stream on a thread of its own. */
  private static final class Reader {
    private final AtomicReference<IOException> unreadable = new AtomicReference<>();
    private final Thread thread;

    private Reader(InputStream in, Consumer<String> lines) {
      thread =
          Thread.ofPlatform()
              .name("buildpack-output")
              .daemon()
              .start(() -> {
                try {
                  new LineSplitter(lines).drain(in);
                } catch (IOException failure) {
                  unreadable.set(failure);
                }
              });
    }

    private void join(String program) throws IOException, InterruptedException {
      thread.join();
      if (unreadable.get() != null) {
        throw new IOException("the output of " + program + " could not be read", unreadable.get());
      }
    }
  }
}
