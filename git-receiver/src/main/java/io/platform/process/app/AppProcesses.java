package io.platform.process.app;

import io.platform.domain.App;
import io.platform.domain.AppFeature;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.Restart;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Upstream;
import io.platform.failure.ProgressMessages;
import io.platform.process.log.AppLog;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What runs of one app: the release that has the traffic, the next one that comes up beside it, and
 * what is on its way out.
 *
 * <p>{@link #reconcile} compares what runs with what should run, and does what can be done now;
 * whatever happens to a process leads to another look. The web processes of a new release come up
 * beside the old ones, one after the other; with them, or, where the app says how many more or
 * fewer there may be, one by one, the old ones leave. Processes of other types start when those of
 * the old release have ended: they overlap only where the app allows it.
 */
final class AppProcesses implements SupervisedProcess.Owner {
  private final AppContext apps;
  private final Consumer<ProcessCrash> crashes;
  private final AppLog log;
  private final AppRoute route;
  private final LeavingProcesses leaving;
  private final AtomicInteger starts = new AtomicInteger();
  private Optional<ReleaseProcesses> current = Optional.empty();
  private Optional<ReleaseProcesses> next = Optional.empty();
  private Optional<ProcessRollout> rollout = Optional.empty();
  private boolean closed;

  /**
   * None run yet.
   *
   * @param crashes told of each crash; never blocks
   */
  AppProcesses(AppContext apps, App app, Consumer<ProcessCrash> crashes) {
    this.apps = apps;
    this.crashes = crashes;
    this.log = apps.logs().of(app.id());
    this.route = new AppRoute(apps.traffic());
    this.leaving = new LeavingProcesses(apps, route, log, this, this::reconcile);
  }

  synchronized ProcessRollout apply(RunSpec spec) {
    if (closed) {
      return ProcessRollout.ended(spec.release().id(), new RolloutEnd.Superseded());
    }
    if (isOf(next, spec)) {
      next.get().update(spec);
    } else {
      supersede();
      if (isOf(current, spec)) {
        current.get().update(spec);
        followCurrent(spec.release());
      } else {
        begin(spec);
      }
    }
    reconcile();
    return rollout.orElseThrow();
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

  /** Stops all, and returns when nothing runs any more. Nothing starts again. */
  void close(Duration grace) {
    List<SupervisedProcess> all;
    synchronized (this) {
      closed = true;
      route.withdraw();
      rollout.ifPresent(latest -> latest.end(new RolloutEnd.Superseded()));
      all = all();
    }
    apps.context()
        .together(all.stream().<Runnable>map(process -> () -> process.stop(grace)).toList());
  }

  private List<SupervisedProcess> all() {
    List<SupervisedProcess> all = new ArrayList<>();
    Stream.of(current, next).forEach(release -> release.ifPresent(it -> all.addAll(it.all())));
    all.addAll(leaving.all());
    return all;
  }

  @Override
  public synchronized void up(SupervisedProcess process) {
    if (!closed) {
      current
          .flatMap(running -> running.replaceBy(process))
          .ifPresent(replaced -> {
            lead();
            leaving.add(List.of(replaced));
          });
      reconcile();
    }
  }

  @Override
  public synchronized void down(SupervisedProcess process, ReleaseFailureCause cause) {
    crashes.accept(process.crash(cause));
    lead();
  }

  @Override
  public synchronized boolean failed(
      SupervisedProcess process, ReleaseFailureCause cause, List<String> lastLines) {
    if (closed) {
      return false;
    }
    RolloutEnd end = new RolloutEnd.Failed(cause, lastLines);
    if (next.filter(it -> it.has(process)).isPresent()) {
      giveUpNext();
      rollout.ifPresent(latest -> latest.end(end));
      reconcile();
      return false;
    }
    Optional<ReleaseProcesses> owner = current.filter(it -> it.has(process));
    owner
        .filter(it -> it.proves(process.name().type()))
        .flatMap(this::rolloutOf)
        .ifPresent(latest -> latest.end(end));
    owner.ifPresent(it -> crashes.accept(process.crash(cause)));
    return owner.isPresent();
  }

  /**
   * A release that was live before, and that nothing else runs beside, as after a restart of the
   * machine, need not prove itself: what answers of it has the traffic, and what does not come up
   * is tried again.
   */
  private void begin(RunSpec spec) {
    ReleaseProcesses beginning = new ReleaseProcesses(spec);
    rollout = Optional.of(new ProcessRollout(spec.release().id()));
    if (current.isEmpty() && spec.release().status() == Release.Status.LIVE) {
      current = Optional.of(beginning);
    } else {
      next = Optional.of(beginning);
    }
    announce(beginning);
  }

  private void announce(ReleaseProcesses beginning) {
    Release release = beginning.spec().release();
    beginning
        .plan()
        .scales()
        .forEach((type, scale) -> {
          if (scale.quantity() > 0 && beginning.proves(type)) {
            event(
                release,
                "starting/" + type,
                new RolloutNotice.Starting(
                    type, scale.quantity(), release.processTypes().command(type).orElse("")));
          }
        });
    if (!release.hasWeb()) {
      event(release, "no-web", new RolloutNotice.NoWeb(beginning.plan().total() > 0));
    }
  }

  private void supersede() {
    if (next.isPresent()) {
      rollout.ifPresent(latest -> latest.end(new RolloutEnd.Superseded()));
      giveUpNext();
    }
  }

  /** All that ran before runs again, and has the traffic alone. */
  private void giveUpNext() {
    Optional<ReleaseProcesses> given = next;
    next = Optional.empty();
    current.ifPresent(ReleaseProcesses::bringBackRetired);
    lead();
    given.ifPresent(it -> leaving.add(it.take(any -> true)));
  }

  /** The release that runs is wanted again: it is live, unless its own roll-out says else. */
  private void followCurrent(Release release) {
    if (rollout.filter(latest -> latest.isOf(release.id())).isEmpty()) {
      rollout = Optional.of(ProcessRollout.live(release.id()));
    }
  }

  private void reconcile() {
    if (closed) {
      return;
    }
    next.ifPresent(this::bringUp);
    if (next.isEmpty() || next.get().wantsWeb()) {
      current.ifPresent(this::keepUp);
    }
  }

  private void bringUp(ReleaseProcesses starting) {
    leaving.add(starting.takeSurplus());
    if (starting.wantsWeb()) {
      WebReplacement step = WebReplacement.of(current, starting);
      if (step.mayStart()) {
        starting.missing().stream()
            .filter(name -> starting.proves(name.type()))
            .limit(1)
            .forEach(name -> start(starting, name));
      }
      retire(step.surplus());
    } else {
      if (!starting.overlaps()) {
        current.ifPresent(old -> leaving.add(old.take(process -> !process.isWeb())));
      }
      startMissing(starting);
    }
    if (starting.isUp()) {
      promote(starting);
    }
  }

  /** Old web processes whose place new ones have taken. */
  private void retire(List<SupervisedProcess> processes) {
    if (!processes.isEmpty()) {
      current.ifPresent(old -> old.retire(processes));
    }
    if (next.filter(ReleaseProcesses::isGradual).isPresent()) {
      lead();
    }
    leaving.add(processes);
  }

  private void promote(ReleaseProcesses starting) {
    Optional<ReleaseProcesses> old = current;
    current = Optional.of(starting);
    next = Optional.empty();
    lead();
    wentLive(starting);
    old.ifPresent(it -> leaving.add(it.take(any -> true)));
  }

  private void wentLive(ReleaseProcesses release) {
    if (release.plan().total() > 0) {
      Duration took = Duration.ofNanos(System.nanoTime() - release.begun());
      event(release.spec().release(), "up", new RolloutNotice.Up(took));
    }
    rollout.ifPresent(latest -> latest.end(new RolloutEnd.Live()));
  }

  private void keepUp(ReleaseProcesses running) {
    List<SupervisedProcess> stopped = new ArrayList<>(running.takeSurplus());
    stopped.addAll(takeDue(running));
    lead();
    leaving.add(stopped);
    replaceOneByOne(running);
    startMissing(running);
    if (running.isUp()) {
      Optional<ProcessRollout> own = rolloutOf(running);
      if (own.filter(ProcessRollout::failed).isPresent()) {
        rollout = Optional.of(ProcessRollout.live(running.spec().release().id()));
      } else if (own.filter(ProcessRollout::isPending).isPresent()) {
        wentLive(running);
      }
    }
  }

  /** Those that are to be stopped and started again: all but web processes that can wait. */
  private static List<SupervisedProcess> takeDue(ReleaseProcesses running) {
    return running.take(process ->
        process.dueRestart().filter(restart -> !isReplaced(process, restart)).isPresent());
  }

  private static boolean isReplaced(SupervisedProcess process, Restart restart) {
    return process.isWeb() && process.isUp() && restart.manner() == Restart.Manner.ROLLING;
  }

  /** A rolling restart: a new web process comes up beside an old one, one at a time. */
  private void replaceOneByOne(ReleaseProcesses running) {
    if (!running.replacesAny()) {
      running.running().stream()
          .filter(process -> process.dueRestart().isPresent())
          .findFirst()
          .ifPresent(process -> running.addReplacement(started(running, process.name())));
    }
  }

  private void startMissing(ReleaseProcesses release) {
    release.missing().stream()
        .filter(name -> mayStart(release, name))
        .forEach(name -> start(release, name));
  }

  private boolean mayStart(ReleaseProcesses release, ProcessName name) {
    ReleaseId own = release.spec().release().id();
    return !leaving.has(own, name)
        && (name.type().equals(ProcessTypes.WEB)
            || release.overlaps()
            || !leaving.hasOthersThan(own));
  }

  private void start(ReleaseProcesses release, ProcessName name) {
    release.add(started(release, name));
  }

  private SupervisedProcess started(ReleaseProcesses release, ProcessName name) {
    SupervisedProcess process =
        new SupervisedProcess(
            apps, this, release.spec(), name, log, () -> directoryName(release.spec().release()));
    process.start();
    return process;
  }

  /** Leads the traffic to the web processes that answer. */
  private void lead() {
    if (!closed) {
      current.ifPresent(running -> {
        App app = running.spec().app();
        List<Upstream> upstreams = new ArrayList<>(running.upstreams());
        Map<Upstream, ProcessName> processes = new HashMap<>(running.webProcesses());
        next.filter(ReleaseProcesses::isGradual)
            .ifPresent(it -> {
              upstreams.addAll(it.upstreams());
              processes.putAll(it.webProcesses());
            });
        app.hosts().forEach(host -> apps.requests().begin(host, log, processes));
        route.lead(
            app.hosts(),
            app.maintenance() ? List.of() : upstreams,
            app.options().has(AppFeature.SESSION_AFFINITY));
      });
    }
  }

  private void event(Release release, String key, RolloutNotice notice) {
    rollout.ifPresent(latest -> latest.event(release.version() + "/" + key, notice));
    log.note(release.version() + ": " + ProgressMessages.of(notice));
  }

  private String directoryName(Release release) {
    return release.version() + "-" + starts.incrementAndGet();
  }

  private Optional<ProcessRollout> rolloutOf(ReleaseProcesses release) {
    return rollout.filter(latest -> latest.isOf(release.spec().release().id()));
  }

  private static boolean isOf(Optional<ReleaseProcesses> one, RunSpec spec) {
    return one.isPresent() && one.get().isOf(spec.release().id());
  }
}
