package io.platform.process.app;

import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseCommandRule;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.ReleaseCommandProgress;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.RunSpec;
import io.platform.process.sandbox.ChildProcess;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSpec;
import io.platform.slug.RunnerVariables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Release commands as child processes. They end with the server, so that a command that was started
 * before is one that was interrupted.
 */
public final class ProcessReleaseCommands implements ReleaseCommands {
  private final AppContext apps;
  private final Map<ReleaseId, ChildProcess> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Runs them where apps run. */
  public ProcessReleaseCommands(AppContext apps) {
    this.apps = apps;
  }

  @Override
  public Optional<ReleaseFailureCause> run(
      RunSpec spec,
      ReleaseCommandKind kind,
      boolean startedBefore,
      Duration limit,
      ReleaseCommandProgress progress)
      throws InterruptedException {
    if (startedBefore) {
      return Optional.of(new ReleaseFailureCause.ReleaseCommandInterrupted());
    }
    progress.started();
    ProcessName name = ProcessName.numbered(kind.word(), spec.release().version().number());
    Path directory =
        apps.directory(spec.app()).resolve(spec.release().version() + "-" + kind.word());
    try {
      return await(spec, start(spec, kind, name, directory, progress), limit);
    } catch (IOException e) {
      return Optional.of(AppProcess.notStarted(e));
    } finally {
      running.remove(spec.release().id());
      apps.context().directories().remove(directory);
    }
  }

  private ChildProcess start(
      RunSpec spec,
      ReleaseCommandKind kind,
      ProcessName name,
      Path directory,
      ReleaseCommandProgress progress)
      throws IOException {
    ProcessContext context = apps.context();
    List<String> writable = List.of("app", "tmp");
    context.directories().make(directory, writable);
    Map<String, String> environment =
        AppProcess.environment(context, spec, name, directory, Optional.empty());
    if (kind != ReleaseCommandKind.RELEASE) {
      ReleaseCommandRule.command(kind, spec.app(), spec.release())
          .ifPresent(command -> environment.put(RunnerVariables.COMMAND, command));
    }
    ChildProcess child =
        context.start(
            new ProcessSpec(
                spec.app().path() + "/" + directory.getFileName(),
                directory,
                writable,
                apps.runner(),
                environment,
                apps.settings().limits()),
            progress::output);
    running.put(spec.release().id(), child);
    if (closed) {
      child.stop(Duration.ZERO);
    }
    return child;
  }

  private Optional<ReleaseFailureCause> await(RunSpec spec, ChildProcess child, Duration limit)
      throws InterruptedException {
    try {
      int code = child.ended().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (closed) {
        throw new InterruptedException("the server stops");
      }
      return code == 0
          ? Optional.empty()
          : Optional.of(new ReleaseFailureCause.ReleaseCommandFailed(code, child.detail()));
    } catch (TimeoutException e) {
      child.stop(apps.settings().grace());
      return Optional.of(new ReleaseFailureCause.ReleaseCommandTimedOut(limit));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the release command of " + spec + " has no end", e);
    } catch (InterruptedException e) {
      child.stop(apps.settings().grace());
      throw e;
    }
  }

  @Override
  public void stop(App app, ReleaseId release) {
    ChildProcess child = running.get(release);
    if (child != null) {
      child.stop(apps.settings().grace());
    }
  }

  /** Stops all; no command that is stopped by this counts as ended. */
  public void close(Duration grace) {
    closed = true;
    apps.context()
        .together(
            List.copyOf(running.values()).stream()
                .<Runnable>map(child -> () -> child.stop(grace))
                .toList());
  }
}
