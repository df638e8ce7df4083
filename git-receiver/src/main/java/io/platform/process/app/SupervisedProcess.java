package io.platform.process.app;

import io.platform.commons.process.ExitStatus;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.Restart;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Upstream;
import io.platform.failure.FailureMessages;
import io.platform.process.log.AppLog;
import io.platform.process.sandbox.ProcessMessages;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.slug.ProcessTypes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One process of a release, such as {@code web.1}, kept running until it is stopped: a crashed one
 * is started again, later each time.
 */
final class SupervisedProcess {
  /** Decides what follows from what happens to processes. */
  interface Owner {
    /** It gets requests from now on, or none: its {@link #upstream} has changed. */
    void rerouted(SupervisedProcess process);

    /** Something is seen of it while it starts. */
    void seen(SupervisedProcess process, RolloutNotice notice);

    /** It is up; a web process answers at its {@link #upstream}. */
    void up(SupervisedProcess process);

    /** It was up, and has ended. */
    void down(SupervisedProcess process, ReleaseFailureCause cause);

    /** It did not come up. Returns whether it is to be started again. */
    boolean failed(SupervisedProcess process, ReleaseFailureCause cause, List<String> lastLines);
  }

  private final AppContext apps;
  private final Owner owner;
  private final AppLog log;
  private final ProcessName name;
  private final ProcessUsage usage = new ProcessUsage();
  private final ProcessCondition condition;
  private final ProcessStarts starts;
  private volatile RunSpec spec;
  private volatile Optional<Upstream> upstream = Optional.empty();

  /**
   * Not started yet.
   *
   * @param directoryNames gives each start a directory of its own
   */
  SupervisedProcess(
      AppContext apps,
      Owner owner,
      RunSpec spec,
      ProcessName name,
      AppLog log,
      Supplier<String> directoryNames) {
    this.apps = apps;
    this.owner = owner;
    this.spec = spec;
    this.name = name;
    this.log = log;
    this.condition = new ProcessCondition(name);
    this.starts = new ProcessStarts(apps, spec, name, log, directoryNames);
  }

  void start() {
    Thread.ofVirtual().name(spec + " " + name).start(this::run);
  }

  ProcessName name() {
    return name;
  }

  boolean isWeb() {
    return name.type().equals(ProcessTypes.WEB);
  }

  boolean isOf(ReleaseId release) {
    return spec.release().id().equals(release);
  }

  boolean isUp() {
    return condition.isUp();
  }

  /** What counts from the next start on: a newer token. */
  void update(RunSpec newer) {
    spec = newer;
  }

  /** The restart that somebody asked for since it was last started, also by another size. */
  Optional<Restart> dueRestart() {
    return starts.due(spec);
  }

  /** What runs of it now; empty where nothing does. */
  Optional<AppProcess> running() {
    return starts.running();
  }

  /** How it is now, without what it uses. */
  ProcessState state() {
    return state(ProcessState.Usage.UNKNOWN);
  }

  /** How it is now, and what it uses, which is looked up. */
  ProcessState stateWithUsage() {
    return state(
        running().map(running -> usage.of(running.processes())).orElse(ProcessState.Usage.UNKNOWN));
  }

  private ProcessState state(ProcessState.Usage used) {
    return condition.state(spec.release().version(), used);
  }

  /** That it has crashed. */
  ProcessCrash crash(ReleaseFailureCause cause) {
    return new ProcessCrash(spec.app().id(), spec.release().version(), name, cause);
  }

  /** Where a web process answers now. */
  Optional<Upstream> upstream() {
    return upstream;
  }

  /** Is not started again when it ends, and is to be stopped soon. Never waits. */
  void leave() {
    condition.leave();
  }

  /** How long it may take from SIGTERM to its end. */
  Duration grace() {
    return apps.grace(spec);
  }

  /** Stops it for good, and returns when nothing of it is left. */
  void stop(Duration grace) {
    leave();
    synchronized (this) {
      notifyAll();
    }
    starts.awaitLast().ifPresent(last -> last.stop(grace));
  }

  private void run() {
    ProcessSettings.RestartPauses pauses = apps.settings().restarts();
    Duration wait = pauses.first();
    while (true) {
      long start = System.nanoTime();
      Optional<Boolean> steady = runOnce(start, wait);
      if (steady.isEmpty()) {
        return;
      }
      wait = steady.get() ? pauses.first() : wait;
      if (!pause(wait)) {
        return;
      }
      condition.startAgain();
      wait = pauses.after(wait);
    }
  }

  /**
   * From one start to its end: whether it was up for long; empty where it is not to be started
   * again.
   */
  private Optional<Boolean> runOnce(long start, Duration wait) {
    Optional<ProcessStarts.Booted> next;
    try {
      next = boot();
    } catch (IOException failed) {
      return notUp(AppProcess.notStarted(failed), List.of(), wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    if (next.isEmpty()) {
      return Optional.empty();
    }
    AppProcess running = next.get().process();
    return switch (next.get().boot()) {
      case AppProcess.Boot.Up up -> {
        upstream = upstream(up.address());
        condition.change(ProcessState.Status.UP, Optional.empty());
        owner.up(this);
        Optional<ReleaseFailureCause> unhealthy =
            running.watch(up.address(), unready -> lead(up.address(), unready));
        upstream = Optional.empty();
        if (unhealthy.isPresent() && !condition.leaves()) {
          log.note(name, FailureMessages.of(unhealthy.get()));
          owner.rerouted(this);
          running.stop(grace());
        }
        int exitCode = running.ended().join();
        yield ended(
            unhealthy.orElseGet(
                () -> new ReleaseFailureCause.StartsAgain(exitCode, running.detail())),
            exitCode,
            running.detail(),
            System.nanoTime() - start,
            wait);
      }
      case AppProcess.Boot.Down down -> {
        Optional<Boolean> again = notUp(down.cause(), running.lastLines(), wait);
        running.stop(grace());
        yield again;
      }
    };
  }

  /** Nobody waits for a release that was live before: it starts in its turn. */
  private Optional<ProcessStarts.Booted> boot() throws IOException, InterruptedException {
    if (spec.release().status() != Release.Status.LIVE) {
      return bootNow();
    }
    try (StartTurns.Turn _ = apps.turns().await(isWeb())) {
      return bootNow();
    }
  }

  private Optional<ProcessStarts.Booted> bootNow() throws IOException {
    return starts.boot(() -> spec, () -> !condition.leaves(), notice -> owner.seen(this, notice));
  }

  private Optional<Upstream> upstream(Optional<InetSocketAddress> address) {
    return address.map(it -> new Upstream(it, spec.release().id().value()));
  }

  /**
   * Its readiness checks say whether a web process that is up gets requests.
   *
   * @param unready why it gets none
   */
  private void lead(Optional<InetSocketAddress> address, Optional<ReleaseFailureCause> unready) {
    condition.ready(unready);
    upstream = upstream(address.filter(any -> unready.isEmpty()));
    log.note(
        name,
        unready
            .map(why ->
                "The process %s gets no requests. %s".formatted(name, FailureMessages.of(why)))
            .orElseGet(() ->
                "The process %s gets requests again: its readiness checks pass".formatted(name)));
    owner.rerouted(this);
  }

  private Optional<Boolean> ended(
      ReleaseFailureCause cause, int exitCode, ExitDetail detail, long nanos, Duration wait) {
    boolean steady = nanos >= apps.settings().restarts().steady().toNanos();
    if (condition.leaves()) {
      log.note(
          name,
          "The process %s of %s %s"
              .formatted(name, spec.release().version(), ExitStatus.describe(exitCode)));
      return Optional.empty();
    }
    condition.change(ProcessState.Status.CRASHED, Optional.of(cause));
    owner.down(this, cause);
    log.note(
        name,
        ProcessMessages.crashed(
            exitCode, detail, steady ? apps.settings().restarts().first() : wait));
    return Optional.of(steady);
  }

  private Optional<Boolean> notUp(
      ReleaseFailureCause cause, List<String> lastLines, Duration wait) {
    if (condition.leaves()) {
      log.note(
          name,
          "The process %s of %s was stopped before it was up"
              .formatted(name, spec.release().version()));
      return Optional.empty();
    }
    condition.change(ProcessState.Status.CRASHED, Optional.of(cause));
    String why = FailureMessages.of(cause);
    if (!owner.failed(this, cause, lastLines)) {
      log.note(name, why);
      return Optional.empty();
    }
    log.note(name, ProcessMessages.retried(why, wait));
    return Optional.of(false);
  }

  /** Returns false when it was stopped meanwhile. */
  private synchronized boolean pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      for (long left = wait.toNanos();
          !condition.leaves() && left > 0;
          left = end - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !condition.leaves();
  }
}
