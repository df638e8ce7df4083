package io.platform.process.build;

import static java.util.Objects.requireNonNull;

import io.platform.commons.console.TerminalText;
import io.platform.commons.process.ExitStatus;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuilderNotice;
import io.platform.domain.ExitDetail;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Subscription;
import io.platform.failure.ExitMessages;
import io.platform.process.sandbox.ChildProcess;
import io.platform.process.sandbox.LineTail;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSpec;
import io.platform.process.sandbox.SandboxProgram;
import io.platform.signal.EventDispatcher;
import io.platform.slug.BuildReport;
import io.platform.slug.ConfigVars;
import io.platform.slug.SlugExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builders as child processes, so many at a time; the others wait in the order in which they came.
 */
public final class ProcessBuildRunner implements BuildRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessBuildRunner.class);

  /** Of builders that ended and that nobody took notice of by {@link #cancel}. */
  private static final int REMEMBERED = 256;

  /** What a builder whose report nobody hears leaves, in a directory that no build step touches. */
  private static final String REPORT = "report.json";

  private final ProcessContext context;
  private final ProcessSettings.Builds settings;
  private final SandboxProgram program;
  private final Path directory;
  private final EventDispatcher<BuilderEvent> watchers = new EventDispatcher<>("watch builds");
  private final Map<BuildId, BuilderProcess> builders = new LinkedHashMap<>();
  private boolean closed;

  public ProcessBuildRunner(ProcessContext context, ProcessSettings settings) {
    this.context = context;
    this.settings = settings.builds();
    this.program = settings.builder();
    this.directory = context.work().resolve("builds");
  }

  @Override
  public synchronized void launch(BuildSpec spec) throws LaunchFailed {
    if (builders.containsKey(spec.id())) {
      return;
    }
    if (closed) {
      throw new LaunchFailed(
          new BuildFailureCause.MachineFailed(), new IOException("the server is stopping"));
    }
    forgetOld();
    BuilderProcess builder =
        new BuilderProcess(
            spec,
            new BuilderEvent.Noticed(
                spec.id(), "queued", new BuilderNotice.Queued(settings.concurrent())));
    if (builders.values().stream().filter(BuilderProcess::runs).count() >= settings.concurrent()) {
      builders.put(spec.id(), builder);
      watchers.dispatch(builder.state);
      return;
    }
    try {
      start(builder);
    } catch (IOException failed) {
      throw new LaunchFailed(new BuildFailureCause.MachineFailed(), failed);
    }
    builders.put(spec.id(), builder);
  }

  @Override
  public synchronized Subscription watch(Consumer<BuilderEvent> consumer) {
    return watchers.add(
        consumer, builders.values().stream().map(builder -> builder.state).toList());
  }

  @Override
  public void cancel(BuildId id) {
    cancel(id, settings.grace());
    synchronized (this) {
      builders.remove(id);
    }
  }

  /** Stops all, at once. Further launches fail. */
  public void close(Duration grace) {
    List<BuildId> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(builders.keySet());
    }
    context.together(all.reversed().stream().<Runnable>map(id -> () -> cancel(id, grace)).toList());
  }

  private void cancel(BuildId id, Duration grace) {
    BuilderProcess builder;
    synchronized (this) {
      builder = builders.get(id);
      if (builder == null || builder.ended()) {
        return;
      }
      if (builder.waits()) {
        end(
            builder,
            new BuilderEvent.Exited(
                id, ExitStatus.TERMINATED, Optional.empty(), new ExitDetail.CanceledInQueue()));
        return;
      }
    }
    requireNonNull(builder.child).stop(grace);
    try {
      builder.gone.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(BuilderProcess builder) throws IOException {
    BuildSpec spec = builder.spec;
    Path own = directory.resolve(spec.id().value());
    List<String> writable = List.of("work", "app", "tmp", "report");
    context.directories().make(own, writable);
    Map<String, String> environment = context.environment(own);
    environment.putAll(ConfigVars.toEnvironment(spec.config().vars()));
    environment.put("PLATFORM_URL", spec.platformUrl().toString());
    environment.put("PLATFORM_BUILD", spec.id().value());
    environment.put("PLATFORM_TOKEN", spec.token());
    environment.put("PLATFORM_WORK", context.sandbox().seen(own, "work"));
    environment.put(
        "PLATFORM_TERMINATION_LOG", context.sandbox().seen(own, "report") + "/" + REPORT);
    ProcessSpec processSpec =
        new ProcessSpec(
            "build-" + spec.id(), own, writable, program, environment, settings.limits());
    LineTail tail = new LineTail(20);
    ChildProcess child;
    try {
      child = context.start(processSpec, tail::add);
    } catch (IOException failed) {
      context.directories().remove(own);
      throw failed;
    }
    builder.child = child;
    tell(builder, new BuilderEvent.Started(spec.id()));
    Thread.ofVirtual()
        .name(processSpec.name())
        .start(() -> {
          int exitCode = child.ended().join();
          Optional<BuildReport> report = report(own, spec.id());
          context.directories().remove(own);
          ended(builder, exitCode, child.detail(), report, tail);
        });
  }

  private synchronized void ended(
      BuilderProcess builder,
      int exitCode,
      ExitDetail detail,
      Optional<BuildReport> report,
      LineTail tail) {
    boolean expected = SlugExitCode.of(exitCode).isPresent();
    if (!expected) {
      LOG.warn("build {}: the builder {}", builder.spec.id(), ExitMessages.end(exitCode, detail));
    }
    ExitDetail known =
        expected || !(detail instanceof ExitDetail.Unknown) ? detail : unexpected(tail);
    end(builder, new BuilderEvent.Exited(builder.spec.id(), exitCode, report, known));
    startNext();
  }

  private static ExitDetail unexpected(LineTail tail) {
    List<String> lines = tail.get();
    return new ExitDetail.Unexpected(
        lines.isEmpty() ? Optional.empty() : Optional.of(TerminalText.inline(lines.getLast())));
  }

  private static Optional<BuildReport> report(Path own, BuildId id) {
    Path file = own.resolve("report").resolve(REPORT);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream json = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(BuildReport.parse(json))
          .filter(report -> report.build().equals(id.value()));
    } catch (IOException unreadable) {
      LOG.warn("build {}: the report that it left cannot be read: {}", id, unreadable.getMessage());
      return Optional.empty();
    }
  }

  private void startNext() {
    for (BuilderProcess next :
        closed ? List.<BuilderProcess>of() : List.copyOf(builders.values())) {
      if (next.waits()) {
        try {
          start(next);
          return;
        } catch (IOException failed) {
          LOG.error("build {} could not be started", next.spec.id(), failed);
          end(
              next,
              new BuilderEvent.LaunchFailed(next.spec.id(), new BuildFailureCause.MachineFailed()));
        }
      }
    }
  }

  private void end(BuilderProcess builder, BuilderEvent.Ended end) {
    tell(builder, end);
    builder.gone.countDown();
  }

  private void tell(BuilderProcess builder, BuilderEvent event) {
    builder.state = event;
    watchers.dispatch(event);
  }

  private void forgetOld() {
    List<BuildId> ended =
        builders.values().stream()
            .filter(BuilderProcess::ended)
            .map(builder -> builder.spec.id())
            .toList();
    ended.stream().limit(Math.max(0, ended.size() - REMEMBERED)).forEach(builders::remove);
  }
}
