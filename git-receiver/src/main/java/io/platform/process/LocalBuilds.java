package io.platform.process;

import static java.util.Objects.requireNonNull;

import io.platform.app.BuildId;
import io.platform.app.BuildRunner;
import io.platform.app.BuildSpec;
import io.platform.app.EventDispatcher;
import io.platform.app.RunnerEvent;
import io.platform.app.Subscription;
import io.platform.slug.BuildReport;
import io.platform.slug.ConfigVars;
import io.platform.slug.ExitCode;
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
final class LocalBuilds implements BuildRunner {
  private static final Logger LOG = LoggerFactory.getLogger(LocalBuilds.class);

  /** Of builders that ended and that nobody took notice of by {@link #cancel}. */
  private static final int REMEMBERED = 256;

  /** What a builder whose report nobody hears leaves, in a directory that no build step touches. */
  private static final String REPORT = "report.json";

  private static final int TERMINATED = 128 + 15;

  private final Host host;
  private final ProcessSettings.Builds settings;
  private final Program program;
  private final Path directory;
  private final EventDispatcher<RunnerEvent> watchers = new EventDispatcher<>("watch builds");
  private final Map<BuildId, Builder> builders = new LinkedHashMap<>();
  private boolean closed;

  LocalBuilds(Host host, ProcessSettings settings) {
    this.host = host;
    this.settings = settings.builds();
    this.program = settings.builder();
    this.directory = host.work().resolve("builds");
  }

  @Override
  public synchronized void launch(BuildSpec spec) throws LaunchFailed {
    if (builders.containsKey(spec.id())) {
      return;
    }
    if (closed) {
      throw new LaunchFailed(Words.buildNotStarted(), new IOException("the server is stopping"));
    }
    forgetOld();
    Builder builder =
        new Builder(
            spec,
            new RunnerEvent.Noticed(spec.id(), "queued", Words.queued(settings.concurrent())));
    if (builders.values().stream().filter(Builder::runs).count() >= settings.concurrent()) {
      builders.put(spec.id(), builder);
      watchers.dispatch(builder.state);
      return;
    }
    try {
      start(builder);
    } catch (IOException failed) {
      throw new LaunchFailed(Words.buildNotStarted(), failed);
    }
    builders.put(spec.id(), builder);
  }

  @Override
  public synchronized Subscription watch(Consumer<RunnerEvent> consumer) {
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
  void close(Duration grace) {
    List<BuildId> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(builders.keySet());
    }
    host.together(all.reversed().stream().<Runnable>map(id -> () -> cancel(id, grace)).toList());
  }

  private void cancel(BuildId id, Duration grace) {
    Builder builder;
    synchronized (this) {
      builder = builders.get(id);
      if (builder == null || builder.ended()) {
        return;
      }
      if (builder.waits()) {
        end(builder, TERMINATED, Words.canceledInQueue());
        builder.gone.countDown();
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

  private void start(Builder builder) throws IOException {
    BuildSpec spec = builder.spec;
    Path own = directory.resolve(spec.id().value());
    List<String> writable = List.of("work", "app", "tmp", "report");
    host.directories().make(own, writable);
    Map<String, String> environment = host.environment(own);
    environment.putAll(ConfigVars.toEnvironment(spec.config().vars()));
    environment.put("PLATFORM_URL", spec.platformUrl().toString());
    environment.put("PLATFORM_BUILD", spec.id().value());
    environment.put("PLATFORM_TOKEN", spec.token());
    environment.put("PLATFORM_WORK", host.box().seen(own, "work"));
    environment.put("PLATFORM_TERMINATION_LOG", host.box().seen(own, "report") + "/" + REPORT);
    Launch launch =
        new Launch("build-" + spec.id(), own, writable, program, environment, settings.limits());
    LastLines lastLines = new LastLines(20);
    Child child;
    try {
      child = host.start(launch, lastLines::add);
    } catch (IOException failed) {
      host.directories().remove(own);
      throw failed;
    }
    builder.child = child;
    tell(builder, new RunnerEvent.Started(spec.id()));
    Thread.ofVirtual()
        .name(launch.name())
        .start(() -> {
          int exitCode = child.ended().join();
          Optional<BuildReport> report = report(own, spec.id());
          host.directories().remove(own);
          ended(builder, exitCode, child.reason(), report, lastLines);
        });
  }

  private synchronized void ended(
      Builder builder,
      int exitCode,
      Optional<String> reason,
      Optional<BuildReport> report,
      LastLines lastLines) {
    boolean expected = ExitCode.of(exitCode).isPresent();
    if (!expected) {
      LOG.warn("build {}: the builder {}", builder.spec.id(), Words.end(exitCode, reason));
    }
    String why = expected ? "" : Words.builderEnd(exitCode, reason, lastLines.get());
    tell(builder, new RunnerEvent.Exited(builder.spec.id(), exitCode, report, why));
    startNext();
    builder.gone.countDown();
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
    for (Builder next : closed ? List.<Builder>of() : List.copyOf(builders.values())) {
      if (next.waits()) {
        try {
          start(next);
          return;
        } catch (IOException failed) {
          LOG.error("build {} could not be started", next.spec.id(), failed);
          end(next, 126, Words.buildNotStarted());
          next.gone.countDown();
        }
      }
    }
  }

  private void end(Builder builder, int exitCode, String why) {
    tell(builder, new RunnerEvent.Exited(builder.spec.id(), exitCode, Optional.empty(), why));
  }

  private void tell(Builder builder, RunnerEvent event) {
    builder.state = event;
    watchers.dispatch(event);
  }

  private void forgetOld() {
    List<BuildId> ended =
        builders.values().stream()
            .filter(Builder::ended)
            .map(builder -> builder.spec.id())
            .toList();
    ended.stream().limit(Math.max(0, ended.size() - REMEMBERED)).forEach(builders::remove);
  }
}
