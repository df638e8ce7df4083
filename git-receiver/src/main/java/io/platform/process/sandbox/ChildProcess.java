package io.platform.process.sandbox;

import io.platform.commons.console.LineSplitter;
import io.platform.commons.process.ExitStatus;
import io.platform.domain.ExitDetail;
import io.platform.failure.ExitMessages;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process in its sandbox, with its child processes. Its output is always read, so that it never
 * waits for anybody.
 */
public final class ChildProcess implements DiskUser {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

  /** Enough for a read loop: there is one such thread for each process. */
  private static final long STACK = 256 << 10;

  private static final Duration RETRY = Duration.ofMillis(10);
  private static final Duration KILL = Duration.ofSeconds(10);

  private final ProcessSpec processSpec;
  private final Sandbox sandbox;
  private final Process process;
  private final ControlGroup group;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile ExitDetail detail = new ExitDetail.Unknown();
  private boolean terminated;

  /** Whether a line of the output was lost; for the thread that reads it. */
  private boolean lost;

  private ChildProcess(
      ProcessSpec processSpec, Sandbox sandbox, Process process, ControlGroup group) {
    this.processSpec = processSpec;
    this.sandbox = sandbox;
    this.process = process;
    this.group = group;
  }

  static ChildProcess start(
      ProcessLauncher launcher,
      Sandbox sandbox,
      String owner,
      ControlGroups groups,
      ProcessSpec processSpec,
      OutputSink output)
      throws IOException {
    ControlGroup group = groups.make(processSpec.limits());
    ChildProcess child;
    try {
      Process process =
          launcher.start(
              sandbox.command(processSpec, group.directories()),
              Map.of(OrphanProcesses.TAG, owner));
      child = new ChildProcess(processSpec, sandbox, process, group);
    } catch (IOException e) {
      groups.remove(group);
      throw e;
    }
    CompletableFuture<Void> _ = child.ended.thenRun(() -> groups.remove(group));
    Thread.ofPlatform()
        .name("output of " + processSpec.name())
        .daemon()
        .stackSize(STACK)
        .start(() -> child.drain(output));
    return child;
  }

  /**
   * Completes with the exit code (128 + n for signal n) when the process has ended and all its
   * output was read.
   */
  @Override
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  /** All that is in its box now. */
  public Set<ProcessHandle> processes() {
    return sandbox.processes(handle(), processSpec);
  }

  /** Its sandbox, for another process to enter; empty where it has none, or has ended. */
  Optional<JoinedSandbox> sandboxToJoin() throws IOException {
    Optional<ProcessHandle> insider =
        sandbox.isolated() ? handle().children().findFirst() : Optional.empty();
    return insider.isPresent() ? Optional.of(JoinedSandbox.of(insider.get())) : Optional.empty();
  }

  private ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * SIGTERM, once; after the grace, SIGKILL. Returns when all of it has ended. May be called again,
   * and with less grace.
   */
  public void stop(Duration grace) {
    long end = System.nanoTime() + grace.toNanos();
    while (!ended.isDone() && !terminate() && System.nanoTime() < end) {
      endsWithin(RETRY);
    }
    if (endsWithin(Duration.ofNanos(end - System.nanoTime()))) {
      return;
    }
    sandbox.kill(handle(), processSpec);
    if (!endsWithin(KILL)) {
      LOG.warn("{} did not end within {} s of SIGKILL", processSpec.name(), KILL.toSeconds());
    }
  }

  /**
   * SIGKILL to all of it, at once.
   *
   * @param why what it did
   */
  @Override
  public void endFor(ExitDetail why) {
    if (!ended.isDone() && detail instanceof ExitDetail.Unknown) {
      detail = why;
      LOG.warn("{} {}", processSpec.name(), ExitMessages.end(ExitStatus.KILLED, why));
      sandbox.kill(handle(), processSpec);
    }
  }

  /** Why the platform or the kernel ended it, where that was for what the process did. */
  public ExitDetail detail() {
    return detail;
  }

  private synchronized boolean terminate() {
    if (!terminated) {
      terminated = sandbox.terminate(handle(), processSpec);
    }
    return terminated;
  }

  /** Waits, at most so long, for the end. */
  public boolean endsWithin(Duration limit) {
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

  private void drain(OutputSink output) {
    // Not in the way of the output: what the process leaves behind may hold it open for long.
    CompletableFuture<Void> nothingLeft =
        process.onExit().thenAccept(process -> sandbox.ended(handle(), processSpec));
    try (InputStream input = process.getInputStream()) {
      Consumer<String> lines = line -> hand(line, output);
      LineSplitter splitter = output.raw() ? LineSplitter.raw(lines) : new LineSplitter(lines);
      if (sandbox.isolated()) {
        awaitReady(input, splitter);
      }
      OutputStream standardInput = sendEnvironment();
      splitter.drain(input);
      closeQuietly(standardInput);
    } catch (IOException broken) {
      LOG.debug("output of {}", processSpec.name(), broken);
    }
    int exitCode = exitCode();
    nothingLeft.join();
    if (exitCode != 0 && detail instanceof ExitDetail.Unknown && group.ranOutOfMemory()) {
      detail = outOfMemory();
    }
    ended.complete(exitCode);
  }

  /** Who cannot take a line must not keep the process from ending. */
  private void hand(String line, OutputSink output) {
    try {
      output.line(line);
    } catch (RuntimeException e) {
      if (!lost) {
        lost = true;
        LOG.error("the output of {} is not complete", processSpec.name(), e);
      }
    }
  }

  private ExitDetail outOfMemory() {
    return processSpec
        .limits()
        .size()
        .memory()
        .<ExitDetail>map(bytes -> new ExitDetail.OutOfMemory((bytes >> 20) + "Mi"))
        .orElseGet(ExitDetail.Unknown::new);
  }

  /**
   * Before it knows what to become, a sandbox must be one that ends with the server. What comes
   * before are messages of what sets it up.
   */
  private static void awaitReady(InputStream input, LineSplitter splitter) throws IOException {
    for (int b = input.read(); b >= 0 && b != ShellScripts.READY; b = input.read()) {
      splitter.accept(new byte[] {(byte) b}, 1);
    }
  }

  /** A process that ended before it has read all of it says why in its output. */
  private OutputStream sendEnvironment() {
    Map<String, String> environment = new TreeMap<>(processSpec.environment());
    environment.putAll(sandbox.marks(processSpec));
    OutputStream input = process.getOutputStream();
    try {
      input.write(ShellScripts.environment(environment));
      input.flush();
    } catch (IOException ended) {
      LOG.debug("{} ended early", processSpec.name(), ended);
    }
    if (sandbox.isolated()) {
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
