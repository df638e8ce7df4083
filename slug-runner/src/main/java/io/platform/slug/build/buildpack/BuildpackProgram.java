package io.platform.slug.build.buildpack;

import io.platform.commons.console.LineSplitter;
import io.platform.slug.build.process.ChildReaper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
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
    this.environment = environment;
    this.directory = directory;
  }

  /** Runs it, output and errors merged, each line at once; returns its exit status. */
  public int run(List<String> command, Consumer<String> lines)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile()).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    AtomicReference<IOException> unreadable = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .name("buildpack-output")
            .daemon()
            .start(() -> {
              try {
                new LineSplitter(lines).drain(process.getInputStream());
              } catch (IOException failure) {
                unreadable.set(failure);
              }
            });
    try {
      int status = process.waitFor();
      // Whoever still holds the pipe would keep its end from coming.
      ChildReaper.kill();
      reader.join();
      if (unreadable.get() != null) {
        throw new IOException(
            "the output of " + command.getFirst() + " could not be read", unreadable.get());
      }
      return status;
    } finally {
      process.destroyForcibly();
      ChildReaper.kill();
    }
  }
}
