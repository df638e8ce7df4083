package io.platform.support;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Launches nothing: a test plays the builder. */
public final class ScriptedRunner implements BuildRunner {
  private final BlockingQueue<BuildSpec> launches = new LinkedBlockingQueue<>();
  private final List<Consumer<BuilderEvent>> watchers = new CopyOnWriteArrayList<>();
  private final List<BuilderEvent> told = new CopyOnWriteArrayList<>();
  private final Set<BuildId> canceled = ConcurrentHashMap.newKeySet();
  private volatile Consumer<BuildSpec> onLaunch = spec -> {};
  private volatile Optional<LaunchFailed> failure = Optional.empty();

  @Override
  public void launch(BuildSpec spec) throws LaunchFailed {
    if (failure.isPresent()) {
      throw failure.get();
    }
    launches.add(spec);
    onLaunch.accept(spec);
  }

  @Override
  public Subscription watch(Consumer<BuilderEvent> consumer) {
    told.forEach(consumer);
    watchers.add(consumer);
    return () -> watchers.remove(consumer);
  }

  @Override
  public void cancel(BuildId id) {
    canceled.add(id);
  }

  /** What happens in a launch. */
  public void onLaunch(Consumer<BuildSpec> action) {
    onLaunch = action;
  }

  /** Every launch fails from now on. */
  public void failLaunches(BuildFailureCause.NotLaunched why) {
    failure = Optional.of(new LaunchFailed(why, new IllegalStateException()));
  }

  /** Waits for the next launch. */
  public BuildSpec launched() throws InterruptedException {
    BuildSpec spec = launches.poll(20, TimeUnit.SECONDS);
    if (spec == null) {
      throw new AssertionError("nothing was launched");
    }
    return spec;
  }

  /** How many launches nobody has waited for. */
  public int launchesLeft() {
    return launches.size();
  }

  /** Tells the watchers, and those to come. */
  public void tell(BuilderEvent event) {
    told.add(event);
    watchers.forEach(watcher -> watcher.accept(event));
  }

  /** Whether a build was canceled. */
  public boolean canceled(BuildId id) {
    return canceled.contains(id);
  }
}
