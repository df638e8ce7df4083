package io.platform.process.sandbox;

import io.platform.commons.process.ExitStatus;
import io.platform.domain.ExitDetail;
import io.platform.domain.TerminalSize;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ProcessSignal;
import io.platform.failure.ExitMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process in its box that a user is connected to, by pipes or by a terminal. Nobody but the user
 * reads its output: it waits where that is full.
 */
public final class AttachedChild implements AttachedProcess, DiskUser {
  private static final Logger LOG = LoggerFactory.getLogger(AttachedChild.class);

  /** Of what bwrap says where it fails. */
  private static final int MESSAGE = 2000;

  private static final Duration KILL = Duration.ofSeconds(10);

  private final ProcessLauncher launcher;
  private final Sandbox sandbox;
  private final ProcessSpec spec;
  private final Process process;
  private final Optional<PseudoTerminal> terminal;
  private final CompletableFuture<Integer> ended;

  private AttachedChild(
      ProcessLauncher launcher,
      Sandbox sandbox,
      ProcessSpec spec,
      Process process,
      Optional<PseudoTerminal> terminal) {
    this.launcher = launcher;
    this.sandbox = sandbox;
    this.spec = spec;
    this.process = process;
    this.terminal = terminal;
    this.ended =
        process
            .onExit()
            .thenApply(gone -> {
              sandbox.ended(gone.toHandle(), spec);
              return gone.exitValue();
            });
  }

  /** Starts one in a sandbox of its own. */
  public static AttachedChild start(
      ProcessContext context, ProcessSpec processSpec, Optional<TerminalSize> terminal)
      throws IOException {
    AttachedChild child = start(context, processSpec, terminal, Optional.empty());
    context.disk().add(processSpec, child);
    return child;
  }

  /** Starts one in the sandbox of another process, with the same directories. */
  public static AttachedChild startInside(
      ProcessContext context,
      ProcessSpec processSpec,
      Optional<TerminalSize> terminal,
      ChildProcess inside)
      throws IOException {
    Optional<JoinedSandbox> joined = inside.sandboxToJoin();
    if (context.sandbox().isolated() && joined.isEmpty()) {
      throw new IOException("the process has ended");
    }
    try {
      return start(context, processSpec, terminal, joined);
    } finally {
      if (joined.isPresent()) {
        joined.get().close();
      }
    }
  }

  /**
   * Starts it.
   *
   * @param joined the sandbox that it goes into in place of one of its own
   */
  private static AttachedChild start(
      ProcessContext context,
      ProcessSpec plain,
      Optional<TerminalSize> size,
      Optional<JoinedSandbox> joined)
      throws IOException {
    Optional<PseudoTerminal> terminal =
        size.isPresent() ? Optional.of(PseudoTerminal.open(size.get())) : Optional.empty();
    try {
      ProcessSpec spec = plain.with(new Attachment(terminal.map(PseudoTerminal::path), joined));
      AttachedChild child = launch(context, spec, terminal);
      try {
        child.begin();
      } catch (IOException failed) {
        child.kill();
        throw failed;
      }
      return child;
    } catch (IOException failed) {
      terminal.ifPresent(PseudoTerminal::close);
      throw failed;
    }
  }

  private static AttachedChild launch(
      ProcessContext context, ProcessSpec spec, Optional<PseudoTerminal> terminal)
      throws IOException {
    ControlGroup group = context.groups().make(spec.limits());
    try {
      Process process =
          context
              .launcher()
              .startWithErrors(
                  context.sandbox().command(spec, group.directories()),
                  Map.of(OrphanProcesses.TAG, context.owner()));
      AttachedChild child =
          new AttachedChild(context.launcher(), context.sandbox(), spec, process, terminal);
      CompletableFuture<Void> _ = child.ended.thenRun(() -> context.groups().remove(group));
      return child;
    } catch (IOException failed) {
      context.groups().remove(group);
      throw failed;
    }
  }

  /** What comes before a sandbox is ready are messages of what sets it up. */
  private void begin() throws IOException {
    if (sandbox.isolated() && process.getInputStream().read() != ShellScripts.READY) {
      String said =
          new String(process.getErrorStream().readNBytes(MESSAGE), StandardCharsets.UTF_8);
      throw new IOException(
          "its sandbox could not be set up: "
              + said.lines().findFirst().orElse("it ended at once"));
    }
    Map<String, String> environment = new TreeMap<>(spec.environment());
    environment.putAll(sandbox.marks(spec));
    OutputStream input = process.getOutputStream();
    input.write(ShellScripts.environment(environment));
    input.flush();
  }

  @Override
  public OutputStream input() {
    return terminal.map(PseudoTerminal::input).orElseGet(process::getOutputStream);
  }

  @Override
  public InputStream output() {
    return terminal.map(PseudoTerminal::output).orElseGet(process::getInputStream);
  }

  @Override
  public InputStream errors() {
    return terminal.isPresent() ? InputStream.nullInputStream() : process.getErrorStream();
  }

  @Override
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  @Override
  public void resize(TerminalSize size) {
    try {
      if (terminal.isPresent()) {
        terminal.get().resize(size);
      }
    } catch (IOException e) {
      LOG.debug("resizing the terminal of {}", spec.name(), e);
    }
  }

  @Override
  public void signal(ProcessSignal signal) {
    OrphanProcesses.signal(launcher, signal.name(), List.copyOf(inside()));
  }

  /** What the user would call the process: not what holds its sandbox. */
  private Set<ProcessHandle> inside() {
    Set<ProcessHandle> inside =
        process.toHandle().descendants().collect(Collectors.toCollection(java.util.HashSet::new));
    if (sandbox.isolated()) {
      process.toHandle().children().forEach(inside::remove);
    } else {
      inside.add(process.toHandle());
    }
    return inside;
  }

  /** All that is in its box now. */
  public Set<ProcessHandle> processes() {
    return sandbox.processes(process.toHandle(), spec);
  }

  /**
   * SIGHUP and SIGTERM, as when a terminal is closed; SIGKILL to what is left after the grace.
   * Returns when it has ended.
   */
  public void stop(Duration grace) {
    if (!ended.isDone()) {
      signal(ProcessSignal.HUP);
      signal(ProcessSignal.TERM);
    }
    if (!endsWithin(grace)) {
      kill();
      if (!endsWithin(KILL)) {
        LOG.warn("{} did not end within {} s of SIGKILL", spec.name(), KILL.toSeconds());
      }
    }
    close();
  }

  @Override
  public void endFor(ExitDetail why) {
    if (!ended.isDone()) {
      LOG.warn("{} {}", spec.name(), ExitMessages.end(ExitStatus.KILLED, why));
      kill();
    }
  }

  private void kill() {
    // One that joined another's sandbox has no process 1 of its own, which would take all with it.
    Set<ProcessHandle> inside = inside();
    sandbox.kill(process.toHandle(), spec);
    inside.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean endsWithin(Duration limit) {
    try {
      ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended.isDone();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    if (!ended.isDone()) {
      kill();
    }
    terminal.ifPresent(PseudoTerminal::close);
    for (AutoCloseable stream :
        List.<AutoCloseable>of(
            process.getOutputStream(), process.getInputStream(), process.getErrorStream())) {
      try {
        stream.close();
      } catch (Exception e) {
        LOG.debug("closing a stream of {}", spec.name(), e);
      }
    }
  }
}
