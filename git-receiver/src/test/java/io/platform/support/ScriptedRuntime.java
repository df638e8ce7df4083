package io.platform.support;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessCrash;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RolloutLog;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.slug.ProcessTypes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs nothing: a test says how a roll-out ends, by a script or one by one. */
public final class ScriptedRuntime implements AppRuntime {
  private final Map<AppId, ReleaseId> applied = new ConcurrentHashMap<>();
  private final Map<ReleaseId, CompletableFuture<RolloutEnd>> ends = new ConcurrentHashMap<>();
  private final BlockingQueue<RunSpec> applications = new LinkedBlockingQueue<>();
  private final List<Consumer<AppId>> watchers = new CopyOnWriteArrayList<>();
  private final List<Consumer<ProcessCrash>> crashWatchers = new CopyOnWriteArrayList<>();
  private final Set<AppId> removed = ConcurrentHashMap.newKeySet();
  private volatile Function<Release, CompletableFuture<RolloutEnd>> script =
      release -> CompletableFuture.completedFuture(new RolloutEnd.Live());

  private volatile BooleanSupplier failure = () -> false;

  @Override
  public Rollout apply(RunSpec spec) {
    if (failure.getAsBoolean()) {
      throw new IllegalStateException("the runtime fails");
    }
    ReleaseId before = applied.put(spec.app().id(), spec.release().id());
    if (before != null && !before.equals(spec.release().id())) {
      end(before).complete(new RolloutEnd.Superseded());
    }
    ends.computeIfAbsent(spec.release().id(), id -> script.apply(spec.release()));
    applications.add(spec);
    return log -> await(spec, log);
  }

  private RolloutEnd await(RunSpec spec, RolloutLog log) throws InterruptedException {
    log.event("starting/web", new RolloutNotice.Starting(ProcessTypes.WEB, 1, "./start"));
    try {
      return end(spec.release().id()).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public Subscription watch(Consumer<AppId> consumer) {
    watchers.add(consumer);
    return () -> watchers.remove(consumer);
  }

  @Override
  public Subscription watchCrashes(Consumer<ProcessCrash> consumer) {
    crashWatchers.add(consumer);
    return () -> crashWatchers.remove(consumer);
  }

  /** A process crashes. */
  public void crash(ProcessCrash crash) {
    crashWatchers.forEach(watcher -> watcher.accept(crash));
  }

  /** What runs of an app is not what was applied any more. */
  public void disturb(AppId app) {
    watchers.forEach(watcher -> watcher.accept(app));
  }

  @Override
  public void remove(App app) {
    removed.add(app.id());
  }

  /** How releases come up from now on. */
  public void script(Function<Release, CompletableFuture<RolloutEnd>> how) {
    script = how;
  }

  /** From now on releases do not end their roll-out by themselves. */
  public void hold() {
    script = release -> new CompletableFuture<>();
  }

  /** Ends the roll-out of an applied release. */
  public void end(Release release, RolloutEnd end) {
    end(release.id()).complete(end);
  }

  private CompletableFuture<RolloutEnd> end(ReleaseId release) {
    return Objects.requireNonNull(ends.get(release), "the release was never applied");
  }

  /** Waits for the next application. */
  public RunSpec applied() throws InterruptedException {
    RunSpec spec = applications.poll(20, TimeUnit.SECONDS);
    if (spec == null) {
      throw new AssertionError("nothing was applied");
    }
    return spec;
  }

  /** How many applications nobody has waited for. */
  public int applicationsLeft() {
    return applications.size();
  }

  /** Applying fails as long as this is true. */
  public void failApplying(BooleanSupplier when) {
    failure = when;
  }

  /** Whether an app was removed. */
  public boolean removed(AppId app) {
    return removed.contains(app);
  }
}
