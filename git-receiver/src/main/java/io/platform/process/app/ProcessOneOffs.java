package io.platform.process.app;

import io.platform.commons.console.TerminalText;
import io.platform.commons.file.FileFailure;
import io.platform.commons.process.ExitStatus;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessName;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffSpec;
import io.platform.failure.ExitMessages;
import io.platform.failure.PortMessages;
import io.platform.process.log.AppLog;
import io.platform.process.log.AppLogs;
import io.platform.process.sandbox.AttachedChild;
import io.platform.process.sandbox.ChildProcess;
import io.platform.process.sandbox.LineTail;
import io.platform.process.sandbox.OutputSink;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSpec;
import io.platform.slug.ConfigVars;
import io.platform.slug.RunnerVariables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** One-off processes as child processes, each in a sandbox and with a directory of its own. */
public final class ProcessOneOffs implements OneOffProcesses {
  private static final List<String> WRITABLE = List.of("app", "tmp");

  /** What a user who has gone leaves behind need not finish. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final AppContext apps;
  private final AppLogs logs;
  private final ProcessAppRuntime runtime;
  private final Map<Key, OneOffProcess> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private record Key(AppId app, ProcessName name) {}

  private interface Start<T> {
    T start(ProcessSpec spec) throws IOException;
  }

  /** Beside the processes of this runtime. */
  public ProcessOneOffs(AppContext apps, AppLogs logs, ProcessAppRuntime runtime) {
    this.apps = apps;
    this.logs = logs;
    this.runtime = runtime;
    runtime.beforeRemoval(this::remove);
  }

  @Override
  public AttachedProcess start(OneOffSpec spec) throws NotStarted {
    AttachedChild child =
        start(
            spec, processSpec -> AttachedChild.start(apps.context(), processSpec, spec.terminal()));
    OneOffProcess oneOff = new OneOffProcess(spec, child::processes, child::stop, child.ended());
    keep(oneOff);
    return new AttachedOneOff(child, () -> stopLater(oneOff, GRACE), oneOff::detail);
  }

  @Override
  public void startDetached(OneOffSpec spec) throws NotStarted {
    AppLog log = logs.of(spec.run().app().id());
    OutputSink output = new AppOutput(spec.name(), new LineTail(1), log);
    ChildProcess child = start(spec, processSpec -> apps.context().start(processSpec, output));
    OneOffProcess oneOff = new OneOffProcess(spec, child::processes, child::stop, child.ended());
    log.note(spec.name(), "The process %s was started: %s".formatted(spec.name(), spec.command()));
    CompletableFuture<Void> _ =
        child
            .ended()
            .thenAccept(exitCode ->
                log.note(
                    spec.name(),
                    "The process %s %s".formatted(spec.name(), end(exitCode, oneOff.detail()))));
    keep(oneOff);
  }

  private static String end(int exitCode, ExitDetail detail) {
    return detail instanceof ExitDetail.Unknown
        ? ExitStatus.describe(exitCode)
        : ExitMessages.end(exitCode, detail);
  }

  private <T> T start(OneOffSpec spec, Start<T> start) throws NotStarted {
    if (closed || running.containsKey(key(spec))) {
      throw new NotStarted("The process could not be started now. Try again in a moment.");
    }
    ProcessContext context = apps.context();
    App app = spec.run().app();
    String name = spec.name().toString().replace('.', '-');
    Path directory = apps.directory(app).resolve(name);
    try {
      context.directories().make(directory, WRITABLE);
      return start.start(
          new ProcessSpec(
              app.path() + "/" + spec.name(),
              directory,
              WRITABLE,
              apps.runner(),
              environment(spec, directory),
              apps.settings().limits().withSize(spec.size())));
    } catch (IOException failed) {
      context.directories().remove(directory);
      throw notStarted(failed);
    }
  }

  private Map<String, String> environment(OneOffSpec spec, Path directory) {
    Map<String, String> environment =
        AppProcess.environment(
            apps.context(), spec.run(), spec.name(), directory, Optional.empty());
    environment.remove(RunnerVariables.INIT);
    environment.putAll(ConfigVars.toEnvironment(spec.environment()));
    environment.put(RunnerVariables.COMMAND, spec.command());
    return environment;
  }

  private void keep(OneOffProcess oneOff) {
    OneOffSpec spec = oneOff.spec();
    running.put(key(spec), oneOff);
    CompletableFuture<Void> _ =
        oneOff.ended().thenRunAsync(() -> forget(oneOff), apps.background());
    oneOff.whenTooOld(() -> stopLater(oneOff, GRACE));
  }

  private void forget(OneOffProcess oneOff) {
    OneOffSpec spec = oneOff.spec();
    Path directory =
        apps.directory(spec.run().app()).resolve(spec.name().toString().replace('.', '-'));
    apps.context().directories().remove(directory);
    running.remove(key(spec), oneOff);
  }

  private void stopLater(OneOffProcess oneOff, Duration grace) {
    try {
      apps.background().execute(() -> oneOff.stop(grace));
    } catch (RejectedExecutionException closing) {
      oneOff.stop(Duration.ZERO);
    }
  }

  @Override
  public List<RunningOneOff> list(App app) {
    return running.values().stream()
        .filter(oneOff -> oneOff.spec().run().app().id().equals(app.id()))
        .sorted(Comparator.comparing((OneOffProcess oneOff) -> oneOff.spec().name()))
        .map(oneOff -> new RunningOneOff(oneOff.state(), oneOff.spec().command()))
        .toList();
  }

  @Override
  public boolean stop(App app, ProcessName name) {
    Optional<OneOffProcess> found = Optional.ofNullable(running.get(new Key(app.id(), name)));
    found.ifPresent(oneOff -> stopLater(oneOff, apps.settings().grace()));
    return found.isPresent();
  }

  @Override
  public AttachedProcess exec(ExecSpec spec) throws NotStarted {
    AppProcess process = process(spec.app(), spec.process());
    try {
      AttachedChild child = process.exec(spec.command(), spec.environment(), spec.terminal());
      return new AttachedOneOff(child, () -> stopLater(child), ExitDetail.Unknown::new);
    } catch (IOException failed) {
      throw notStarted(failed);
    }
  }

  private void stopLater(AttachedChild child) {
    try {
      apps.background().execute(() -> child.stop(GRACE));
    } catch (RejectedExecutionException closing) {
      child.close();
    }
  }

  @Override
  public AttachedProcess connect(App app, ProcessName name, int port) throws NotStarted {
    AppProcess process = process(app, name);
    int number = port == OWN_PORT ? ownPort(process, name) : port;
    InetSocketAddress address =
        process
            .listensOn(number)
            .orElseThrow(() -> new NotStarted(PortMessages.notListening(name, number)));
    try {
      return LoopbackConnection.open(address);
    } catch (IOException failed) {
      throw new NotStarted(
          "%s does not accept a connection on port %d: %s."
              .formatted(name, number, message(failed)));
    }
  }

  private static int ownPort(AppProcess process, ProcessName name) throws NotStarted {
    return process.port().orElseThrow(() -> new NotStarted(PortMessages.noOwnPort(name)));
  }

  private AppProcess process(App app, ProcessName name) throws NotStarted {
    return runtime.running(app, name).orElseThrow(() -> new NoSuchProcess(app.path(), name));
  }

  private static NotStarted notStarted(IOException failed) {
    return new NotStarted(
        "The process could not be started: %s. If this keeps failing, contact your administrator."
            .formatted(message(failed)));
  }

  private static String message(IOException failed) {
    return TerminalText.inline(FileFailure.reason(failed));
  }

  private static Key key(OneOffSpec spec) {
    return new Key(spec.run().app().id(), spec.name());
  }

  private void remove(App app) {
    stopAll(
        running.values().stream()
            .filter(oneOff -> oneOff.spec().run().app().id().equals(app.id()))
            .toList(),
        apps.settings().grace());
  }

  /** Stops all, and returns when nothing runs any more. */
  public void close(Duration grace) {
    closed = true;
    stopAll(List.copyOf(running.values()), grace);
  }

  private void stopAll(List<OneOffProcess> all, Duration grace) {
    apps.context()
        .together(all.stream().<Runnable>map(oneOff -> () -> oneOff.stop(grace)).toList());
    CompletableFuture.allOf(
            all.stream().map(OneOffProcess::ended).toArray(CompletableFuture[]::new))
        .join();
  }
}
