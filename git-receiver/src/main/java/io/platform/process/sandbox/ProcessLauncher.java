package io.platform.process.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Starts every child process on one thread that lives as long as the server: the kernel ties "die
 * with the parent" to the thread that forked, not to the process.
 */
public final class ProcessLauncher {
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("processes").daemon().factory());

  /**
   * Starts a command. It inherits a search path, the given variables, and nothing else of the
   * server's environment, which holds secrets. Its errors come with its output.
   */
  Process start(List<String> command, Map<String, String> variables) throws IOException {
    return start(new ProcessBuilder(command).redirectErrorStream(true), variables);
  }

  /** The same, with its errors apart from its output. */
  Process startWithErrors(List<String> command, Map<String, String> variables) throws IOException {
    return start(new ProcessBuilder(command), variables);
  }

  private Process start(ProcessBuilder builder, Map<String, String> variables) throws IOException {
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    builder.environment().putAll(variables);
    try {
      return CompletableFuture.supplyAsync(() -> started(builder), thread).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof UncheckedIOException cause
          ? cause.getCause()
          : new IOException(failed.getCause());
    } catch (RejectedExecutionException closed) {
      throw new IOException("the server is stopping", closed);
    }
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Ends the thread, and with it whatever still runs in a sandbox. */
  public void close() {
    thread.shutdown();
  }
}
