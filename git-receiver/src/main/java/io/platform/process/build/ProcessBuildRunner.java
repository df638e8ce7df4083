package io.platform.process.build;

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
import io.platform.signal.EventDispatcher;
import io.platform.slug.BuildReport;
import io.platform.slug.SlugExitCode;
import java.io.IOException;
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
 * Runs builders as child processes, so many at a time; the others wait in the order in which they
 * came. Its lock guards the list of builders only: no process is started or stopped under it.
 */
public final class ProcessBuildRunner implements BuildRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessBuildRunner.class);

  /** Of builders that ended and that nobody took notice of by {@link #cancel}. */
  private static final int REMEMBERED = 256;

  private static final int LAST_LINES = 20;

  private final ProcessContext context;
  private final ProcessSettings.Builds settings;
  private final BuilderStarter starter;
  private final EventDispatcher<BuilderEvent> watchers = new EventDispatcher<>("watch builds");
  private final Map<BuildId, BuilderProcess> builders = new LinkedHashMap<>();
  private boolean closed;

  public ProcessBuildRunner(ProcessContext context, ProcessSettings settings) {
    this.context = context;
    this.settings = settings.builds();
    this.starter = new BuilderStarter(context, settings);
  }

  @Override
  public void launch(BuildSpec spec) throws LaunchFailed {
    Optional<BuilderProcess> first = add(spec);
    if (first.isEmpty()) {
      return;
    }
    try {
      start(first.get());
    } catch (IOException failed) {
      remove(first.get());
      startWaiting();
      throw new LaunchFailed(new BuildFailureCause.MachineFailed(), failed);
    }
  }

  /** Returns the builder where it is new and is to be started now. */
  private synchronized Optional<BuilderProcess> add(BuildSpec spec) throws LaunchFailed {
    if (builders.containsKey(spec.id())) {
      return Optional.empty();
    }
    if (closed) {
      throw new LaunchFailed(
          new BuildFailureCause.MachineFailed(), new IOException("the server is stopping"));
    }
    forgetOld();
    BuilderProcess builder = new BuilderProcess(spec);
    boolean room = hasRoom();
    builders.put(spec.id(), builder);
    if (room) {
      builder.phase = BuilderProcess.Phase.STARTS;
      return Optional.of(builder);
    }
    tell(
        builder,
        new BuilderEvent.Noticed(
            spec.id(), "queued", new BuilderNotice.Queued(settings.concurrent())));
    return Optional.empty();
  }

  private boolean hasRoom() {
    return builders.values().stream().filter(BuilderProcess::takesPlace).count()
        < settings.concurrent();
  }

  private synchronized void remove(BuilderProcess builder) {
    builders.remove(builder.spec.id(), builder);
    builder.phase = BuilderProcess.Phase.ENDED;
    builder.gone.countDown();
  }

  private void start(BuilderProcess builder) throws IOException {
    LineTail tail = new LineTail(LAST_LINES);
    ChildProcess child;
    try {
      child = starter.start(builder.spec, tail::add);
    } catch (IOException failed) {
      builder.child.complete(Optional.empty());
      throw failed;
    }
    synchronized (this) {
      builder.phase = BuilderProcess.Phase.RUNS;
      tell(builder, new BuilderEvent.Started(builder.spec.id()));
    }
    builder.child.complete(Optional.of(child));
    Thread.ofVirtual()
        .name(BuilderStarter.name(builder.spec.id()))
        .start(() -> awaitEnd(builder, child, tail));
  }

  private void awaitEnd(BuilderProcess builder, ChildProcess child, LineTail tail) {
    BuildId id = builder.spec.id();
    int exitCode = child.ended().join();
    Optional<BuildReport> report = starter.cleanUp(id);
    ExitDetail detail = child.detail();
    boolean expected = SlugExitCode.of(exitCode).isPresent();
    if (!expected) {
      LOG.warn("build {}: the builder {}", id, ExitMessages.end(exitCode, detail));
    }
    ExitDetail known =
        expected || !(detail instanceof ExitDetail.Unknown) ? detail : unexpected(tail);
    end(builder, new BuilderEvent.Exited(id, exitCode, report, known));
    startWaiting();
  }

  private static ExitDetail unexpected(LineTail tail) {
    List<String> lines = tail.get();
    return new ExitDetail.Unexpected(
        lines.isEmpty() ? Optional.empty() : Optional.of(TerminalText.inline(lines.getLast())));
  }

  /** Starts those that wait, as long as there is room. */
  private void startWaiting() {
    for (Optional<BuilderProcess> next = takeWaiting(); next.isPresent(); next = takeWaiting()) {
      BuildId id = next.get().spec.id();
      try {
        start(next.get());
      } catch (IOException failed) {
        LOG.error("build {} could not be started", id, failed);
        end(next.get(), new BuilderEvent.LaunchFailed(id, new BuildFailureCause.MachineFailed()));
      }
    }
  }

  private synchronized Optional<BuilderProcess> takeWaiting() {
    if (closed || !hasRoom()) {
      return Optional.empty();
    }
    Optional<BuilderProcess> next =
        builders.values().stream()
            .filter(builder -> builder.phase == BuilderProcess.Phase.WAITS)
            .findFirst();
    next.ifPresent(builder -> builder.phase = BuilderProcess.Phase.STARTS);
    return next;
  }

  private synchronized void end(BuilderProcess builder, BuilderEvent.Ended end) {
    builder.phase = BuilderProcess.Phase.ENDED;
    tell(builder, end);
    builder.gone.countDown();
  }

  private void tell(BuilderProcess builder, BuilderEvent event) {
    builder.state = Optional.of(event);
    watchers.dispatch(event);
  }

  private void forgetOld() {
    List<BuildId> ended =
        builders.values().stream()
            .filter(builder -> builder.phase == BuilderProcess.Phase.ENDED)
            .map(builder -> builder.spec.id())
            .toList();
    ended.stream().limit(Math.max(0, ended.size() - REMEMBERED)).forEach(builders::remove);
  }

  @Override
  public synchronized Subscription watch(Consumer<BuilderEvent> consumer) {
    return watchers.add(
        consumer, builders.values().stream().flatMap(builder -> builder.state.stream()).toList());
  }

  @Override
  public void cancel(BuildId id) {
    stop(id, settings.grace());
    synchronized (this) {
      builders.remove(id);
    }
  }

  private void stop(BuildId id, Duration grace) {
    BuilderProcess builder;
    synchronized (this) {
      builder = builders.get(id);
      if (builder == null || builder.phase == BuilderProcess.Phase.ENDED) {
        return;
      }
      if (builder.phase == BuilderProcess.Phase.WAITS) {
        end(
            builder,
            new BuilderEvent.Exited(
                id, ExitStatus.TERMINATED, Optional.empty(), new ExitDetail.CanceledInQueue()));
        return;
      }
    }
    builder.child.join().ifPresent(child -> child.stop(grace));
    try {
      builder.gone.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops all, at once. Further launches fail. */
  public void close(Duration grace) {
    List<BuildId> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(builders.keySet());
    }
    context.together(all.reversed().stream().<Runnable>map(id -> () -> stop(id, grace)).toList());
  }
}
