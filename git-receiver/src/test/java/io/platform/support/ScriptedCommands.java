package io.platform.support;

import io.platform.domain.App;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.ReleaseCommandProgress;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.RunSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Runs nothing: a test says how commands end. They outlive a server, as pods do. */
public final class ScriptedCommands implements ReleaseCommands {
  private record Command(ReleaseId release, ReleaseCommandKind kind) {}

  private final List<String> starts = new CopyOnWriteArrayList<>();
  private final Map<Command, CompletableFuture<Optional<ReleaseFailureCause>>> ends =
      new ConcurrentHashMap<>();

  private volatile Function<RunSpec, CompletableFuture<Optional<ReleaseFailureCause>>> script =
      spec -> CompletableFuture.completedFuture(Optional.empty());

  @Override
  public Optional<ReleaseFailureCause> run(
      RunSpec spec,
      ReleaseCommandKind kind,
      boolean startedBefore,
      Duration limit,
      ReleaseCommandProgress progress)
      throws InterruptedException {
    CompletableFuture<Optional<ReleaseFailureCause>> end =
        ends.computeIfAbsent(
            new Command(spec.release().id(), kind),
            command -> {
              String version = spec.release().version().toString();
              starts.add(
                  kind == ReleaseCommandKind.RELEASE ? version : version + " " + kind.word());
              return script.apply(spec);
            });
    progress.started();
    progress.output("migrating");
    progress.output("migrated");
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void stop(App app, ReleaseId release) {
    ends.forEach((command, end) -> {
      if (command.release().equals(release)) {
        end.complete(Optional.of(new ReleaseFailureCause.ReleaseCommandInterrupted()));
      }
    });
  }

  /** How commands end from now on. */
  public void script(Function<RunSpec, CompletableFuture<Optional<ReleaseFailureCause>>> how) {
    script = how;
  }

  /** The versions whose command was started, in order; with the kind where it is a script. */
  public List<String> starts() {
    return List.copyOf(starts);
  }
}
