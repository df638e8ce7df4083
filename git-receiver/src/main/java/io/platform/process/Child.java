package io.platform.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process in its box, with all that it starts. Its output is always read, so that it never waits
 * for anybody.
 */
final class Child {
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);

  /** Enough for a read loop: there is one such thread for each process. */
  private static final long STACK = 256 << 10;

  private static final Duration RETRY = Duration.ofMillis(10);
  private static final Duration KILL = Duration.ofSeconds(10);

  private final Launch launch;
  private final Box box;
  private final Process process;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile Optional<String> reason = Optional.empty();
  private boolean told;

  private Child(Launch launch, Box box, Process process) {
    this.launch = launch;
    this.box = box;
    this.process = process;
  }

  static Child start(Spawner spawner, Box box, String owner, Launch launch, Output output)
      throws IOException {
    Process process = spawner.start(box.command(launch), Map.of(Leftovers.TAG, owner));
    Child child = new Child(launch, box, process);
    Thread.ofPlatform()
        .name("output of " + launch.name())
        .daemon()
        .stackSize(STACK)
        .start(() -> child.drain(output));
    return child;
  }

  /**
   * Completes with the exit code (128 + n for signal n) when the process has ended and all its
   * output was read.
   */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  /** All that is in its box now. */
  Set<ProcessHandle> processes() {
    return box.processes(handle(), launch);
  }

  private ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * SIGTERM, once; after the grace, SIGKILL. Returns when all of it has ended. May be called again,
   * and with less grace.
   */
  void stop(Duration grace) {
    long end = System.nanoTime() + grace.toNanos();
    while (!ended.isDone() && !told() && System.nanoTime() < end) {
      endsWithin(RETRY);
    }
    if (endsWithin(Duration.ofNanos(end - System.nanoTime()))) {
      return;
    }
    box.kill(handle(), launch);
    if (!endsWithin(KILL)) {
      LOG.warn("{} did not end within {} s of SIGKILL", launch.name(), KILL.toSeconds());
    }
  }

  /**
   * SIGKILL to all of it, at once.
   *
   * @param why words behind "it was ended because"
   */
  void endFor(String why) {
    if (!ended.isDone() && reason.isEmpty()) {
      reason = Optional.of(why);
      LOG.warn("{} was ended because {}", launch.name(), why);
      box.kill(handle(), launch);
    }
  }

  /** Why the platform itself ended it, where it did so for what the process did. */
  Optional<String> reason() {
    return reason;
  }

  private synchronized boolean told() {
    if (!told) {
      told = box.terminate(handle(), launch);
    }
    return told;
  }

  /** Waits, at most so long, for the end. */
  boolean endsWithin(Duration limit) {
    try {
      ended.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ended.isDone();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void drain(Output output) {
    // Not in the way of the output: what the process leaves behind may hold it open for long.
    CompletableFuture<Void> nothingLeft =
        process.onExit().thenAccept(process -> box.ended(handle(), launch));
    try (InputStream input = process.getInputStream()) {
      Lines lines = new Lines(output::line);
      if (box.sealed()) {
        awaitReady(input, lines);
      }
      OutputStream standardInput = sendEnvironment();
      read(input, lines, output);
      closeQuietly(standardInput);
    } catch (IOException broken) {
      LOG.debug("output of {}", launch.name(), broken);
    }
    int exitCode = exitCode();
    nothingLeft.join();
    ended.complete(exitCode);
  }

  /**
   * Before it knows what to become, a sandbox must be one that ends with the server. What comes
   * before are messages of what sets it up.
   */
  private static void awaitReady(InputStream input, Lines lines) throws IOException {
    for (int b = input.read(); b >= 0 && b != Shell.READY; b = input.read()) {
      lines.accept(new byte[] {(byte) b}, 1);
    }
  }

  private static void read(InputStream input, Lines lines, Output output) throws IOException {
    byte[] buffer = new byte[8192];
    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
      lines.accept(buffer, count);
      output.pause();
    }
    lines.end();
    output.pause();
  }

  /** A process that ended before it has read all of it says why in its output. */
  private OutputStream sendEnvironment() {
    Map<String, String> environment = new TreeMap<>(launch.environment());
    environment.putAll(box.marks(launch));
    OutputStream input = process.getOutputStream();
    try {
      input.write(Shell.environment(environment));
      input.flush();
    } catch (IOException ended) {
      LOG.debug("{} ended early", launch.name(), ended);
    }
    if (box.sealed()) {
      closeQuietly(input);
    }
    return input;
  }

  private static void closeQuietly(OutputStream output) {
    try {
      output.close();
    } catch (IOException broken) {
      LOG.debug("closing", broken);
    }
  }

  private int exitCode() {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException nobodyDoes) {
        LOG.debug("interrupted", nobodyDoes);
      }
    }
  }
}
