package io.platform.process.app;

import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.RunSpec;
import io.platform.process.log.AppLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All processes of one app: those of the release that has the traffic, those of the next one, which
 * comes up beside it, and those that are on their way out. What should run and what happens to a
 * process come in here, one at a time, and lead to what {@link ProcessReconciler} does.
 */
final class AppProcesses implements SupervisedProcess.Owner {
  private final AppContext apps;
  private final Consumer<ProcessCrash> crashes;
  private final AppRoute route;
  private final LeavingProcesses leaving;
  private final AppReleases releases = new AppReleases();
  private final LatestRollout rollout;
  private final WebTraffic traffic;
  private final ProcessReconciler reconciler;
  private boolean closed;

  /**
   * None run yet.
   *
   * @param log the app's
   * @param crashes gets each crash; never blocks
   */
  AppProcesses(
      AppContext apps,
      AppRoute route,
      AppLog log,
      RequestLines requests,
      Consumer<ProcessCrash> crashes) {
    this.apps = apps;
    this.crashes = crashes;
    this.route = route;
    this.leaving = new LeavingProcesses(apps, route, log, this, this::reconcile);
    this.rollout = new LatestRollout(log);
    this.traffic = new WebTraffic(releases, route, requests, log);
    ProcessStarter starter = new ProcessStarter(apps, this, log, leaving);
    this.reconciler = new ProcessReconciler(releases, rollout, traffic, starter, leaving);
  }

  synchronized ProcessRollout apply(RunSpec spec) {
    if (closed) {
      return ProcessRollout.ended(spec.release().id(), new RolloutEnd.Superseded());
    }
    Optional<ReleaseProcesses> next = releases.nextFor(spec);
    if (next.isPresent()) {
      next.get().update(spec);
    } else {
      supersedeNext();
      releases
          .currentFor(spec)
          .ifPresentOrElse(current -> applyAgain(current, spec), () -> begin(spec));
    }
    reconcile();
    return rollout.get();
  }

  private void supersedeNext() {
    if (releases.next().isPresent()) {
      rollout.end(new RolloutEnd.Superseded());
      reconciler.giveUpNext();
    }
  }

  private void applyAgain(ReleaseProcesses current, RunSpec spec) {
    current.update(spec);
    rollout.follow(spec.release());
  }

  /**
   * A release that was live before, and that nothing else runs beside, as after a restart of the
   * machine, need not prove itself: what answers of it has the traffic, and what does not come up
   * is tried again.
   */
  private void begin(RunSpec spec) {
    ReleaseProcesses beginning = new ReleaseProcesses(spec);
    if (releases.current().isEmpty() && spec.release().status() == Release.Status.LIVE) {
      releases.beginCurrent(beginning);
    } else {
      releases.beginNext(beginning);
    }
    rollout.begin(beginning);
  }

  private void reconcile() {
    if (!closed) {
      reconciler.reconcile();
    }
  }

  /** All processes, also those of a release that comes up and those that are on their way out. */
  List<ProcessState> states(Function<SupervisedProcess, ProcessState> look) {
    List<SupervisedProcess> all;
    synchronized (this) {
      all = all();
    }
    return all.stream().map(look).toList();
  }

  /** What runs under a name now. */
  synchronized Optional<AppProcess> running(ProcessName name) {
    return all().stream()
        .filter(process -> process.name().equals(name))
        .flatMap(process -> process.running().stream())
        .findFirst();
  }

  private List<SupervisedProcess> all() {
    List<SupervisedProcess> all = new ArrayList<>(releases.processes());
    all.addAll(leaving.all());
    return all;
  }

  /** Stops all, and returns when nothing runs any more. Nothing starts again. */
  void close(Duration grace) {
    List<SupervisedProcess> all;
    synchronized (this) {
      closed = true;
      route.withdraw();
      rollout.end(new RolloutEnd.Superseded());
      all = all();
    }
    apps.context()
        .together(all.stream().<Runnable>map(process -> () -> process.stop(grace)).toList());
  }

  @Override
  public synchronized void up(SupervisedProcess process) {
    if (closed) {
      return;
    }
    releases
        .current()
        .flatMap(current -> current.replaceBy(process))
        .ifPresent(replaced -> {
          traffic.update();
          leaving.add(List.of(replaced));
        });
    reconcile();
  }

  @Override
  public synchronized void seen(SupervisedProcess process, RolloutNotice notice) {
    rollout.seen(process, notice);
  }

  @Override
  public synchronized void rerouted(SupervisedProcess process) {
    if (!closed) {
      traffic.update();
    }
  }

  @Override
  public synchronized void down(SupervisedProcess process, ReleaseFailureCause cause) {
    crashes.accept(process.crash(cause));
    if (!closed) {
      traffic.update();
    }
  }

  @Override
  public synchronized boolean failed(
      SupervisedProcess process, ReleaseFailureCause cause, List<String> lastLines) {
    if (closed) {
      return false;
    }
    RolloutEnd end = new RolloutEnd.Failed(cause, lastLines);
    if (releases.next().filter(it -> it.has(process)).isPresent()) {
      reconciler.giveUpNext();
      rollout.end(end);
      reconcile();
      return false;
    }
    Optional<ReleaseProcesses> owner = releases.current().filter(it -> it.has(process));
    owner.filter(it -> it.proves(process.name().type())).ifPresent(it -> rollout.end(it, end));
    owner.ifPresent(it -> crashes.accept(process.crash(cause)));
    return owner.isPresent();
  }
}
