package io.platform.process.app;

import io.platform.domain.App;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Upstream;
import io.platform.process.sandbox.ProcessMessages;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What runs of one app: the release that has the traffic, the next one that comes up beside it, old
 * ones that go.
 */
final class AppProcesses implements SupervisedProcess.Owner {
  private final AppContext apps;
  private final AppLog log;
  private final List<SupervisedProcess> leaving = new ArrayList<>();
  private Optional<SupervisedProcess> current = Optional.empty();
  private Optional<SupervisedProcess> next = Optional.empty();
  private Optional<ProcessRollout> rollout = Optional.empty();
  private Set<String> routed = Set.of();
  private int started;
  private boolean closed;

  AppProcesses(AppContext apps, App app) {
    this.apps = apps;
    this.log = new AppLog(apps.logs(app), apps.settings().logs());
  }

  synchronized ProcessRollout apply(RunSpec spec) {
    if (closed) {
      return ProcessRollout.ended(spec.release().id(), new RolloutEnd.Superseded());
    }
    if (isOf(next, spec)) {
      next.get().update(spec);
      return rollout.orElseThrow();
    }
    supersede();
    if (isOf(current, spec)) {
      return keep(current.get(), spec);
    }
    return spec.release().hasWeb() ? begin(spec) : idle(spec);
  }

  /** How the processes of the release that has the traffic are now. */
  synchronized List<ProcessState> states() {
    return current.map(SupervisedProcess::state).stream().toList();
  }

  /** Stops all, and returns when nothing runs any more. Nothing starts again. */
  void close(Duration grace) {
    List<SupervisedProcess> all;
    synchronized (this) {
      closed = true;
      withdraw();
      rollout.ifPresent(latest -> latest.end(new RolloutEnd.Superseded()));
      all = new ArrayList<>(leaving);
      current.ifPresent(all::add);
      next.ifPresent(all::add);
    }
    apps.context()
        .together(all.stream().<Runnable>map(release -> () -> release.stop(grace)).toList());
    log.close();
  }

  @Override
  public synchronized void up(SupervisedProcess release, Upstream upstream, Duration took) {
    if (closed) {
      return;
    }
    if (is(next, release)) {
      Optional<SupervisedProcess> old = current;
      Optional<Upstream> oldUpstream = old.flatMap(SupervisedProcess::upstream);
      current = next;
      next = Optional.empty();
      route(release, upstream);
      event(release.spec().release(), "up", ProcessMessages.up(took));
      rollout.ifPresent(latest -> latest.end(new RolloutEnd.Live()));
      old.ifPresent(leaver -> retire(leaver, oldUpstream));
    } else if (is(current, release)) {
      route(release, upstream);
      if (rollout.isPresent()
          && rollout.get().failed()
          && rollout.get().isOf(release.spec().release().id())) {
        rollout = Optional.of(ProcessRollout.live(release.spec().release().id()));
      }
    }
  }

  @Override
  public synchronized void down(SupervisedProcess release) {
    if (is(current, release)) {
      withdraw();
    }
  }

  /**
   * A release that was live before goes on trying where nothing else runs, as after a restart of
   * the machine.
   */
  @Override
  public synchronized boolean failed(
      SupervisedProcess release, ReleaseFailureCause cause, List<String> lastLines) {
    if (is(current, release)) {
      return true;
    }
    if (!is(next, release)) {
      return false;
    }
    next = Optional.empty();
    boolean goesOn = current.isEmpty() && release.spec().release().status() == Release.Status.LIVE;
    if (goesOn) {
      current = Optional.of(release);
    } else {
      retire(release, Optional.empty());
    }
    rollout.ifPresent(latest -> latest.end(new RolloutEnd.Failed(cause, lastLines)));
    return goesOn;
  }

  private ProcessRollout begin(RunSpec spec) {
    Release release = spec.release();
    ProcessRollout begun = new ProcessRollout(release.id());
    rollout = Optional.of(begun);
    event(
        release,
        "starting",
        ProcessMessages.starting(release.processTypes().command(ProcessTypes.WEB).orElseThrow()));
    SupervisedProcess starting = new SupervisedProcess(apps, this, spec, log, () -> name(release));
    next = Optional.of(starting);
    starting.start();
    return begun;
  }

  private ProcessRollout keep(SupervisedProcess running, RunSpec spec) {
    running.update(spec);
    if (!routed.equals(Set.of(spec.app().host()))) {
      running.upstream().ifPresent(upstream -> route(running, upstream));
    }
    if (rollout.isEmpty() || !rollout.get().isOf(spec.release().id())) {
      rollout = Optional.of(ProcessRollout.live(spec.release().id()));
    }
    return rollout.get();
  }

  private ProcessRollout idle(RunSpec spec) {
    ProcessRollout begun = new ProcessRollout(spec.release().id());
    rollout = Optional.of(begun);
    event(spec.release(), "no-web", ProcessMessages.noWeb());
    Optional<Upstream> upstream = current.flatMap(SupervisedProcess::upstream);
    withdraw();
    current.ifPresent(old -> retire(old, upstream));
    current = Optional.empty();
    begun.end(new RolloutEnd.Live());
    return begun;
  }

  private void supersede() {
    next.ifPresent(starting -> {
      rollout.ifPresent(latest -> latest.end(new RolloutEnd.Superseded()));
      retire(starting, Optional.empty());
    });
    next = Optional.empty();
  }

  /** Lets the requests that it still serves finish, then stops it. */
  private void retire(SupervisedProcess old, Optional<Upstream> upstream) {
    leaving.add(old);
    apps.background()
        .execute(() -> {
          upstream.ifPresent(this::drain);
          old.stop(apps.settings().grace());
          synchronized (this) {
            leaving.remove(old);
          }
        });
  }

  private void drain(Upstream upstream) {
    try {
      apps.traffic()
          .drained(upstream)
          .toCompletableFuture()
          .get(apps.settings().drain().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException notDrained) {
      log.note(
          "Requests are still in flight after %d s".formatted(apps.settings().drain().toSeconds()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void route(SupervisedProcess release, Upstream upstream) {
    Set<String> hosts = Set.of(release.spec().app().host());
    apps.traffic().route(hosts, List.of(upstream));
    if (!routed.isEmpty() && !routed.equals(hosts)) {
      apps.traffic().withdraw(routed);
    }
    routed = hosts;
  }

  private void withdraw() {
    if (!routed.isEmpty()) {
      apps.traffic().withdraw(routed);
    }
    routed = Set.of();
  }

  private void event(Release release, String key, String text) {
    rollout.ifPresent(latest -> latest.event(release.version() + "/" + key, text));
    log.note(release.version() + ": " + text);
  }

  private synchronized String name(Release release) {
    return release.version() + "-" + ++started;
  }

  private static boolean is(Optional<SupervisedProcess> one, SupervisedProcess other) {
    return one.isPresent() && one.get() == other;
  }

  private static boolean isOf(Optional<SupervisedProcess> one, RunSpec spec) {
    return one.isPresent() && one.get().isOf(spec.release().id());
  }
}
