package io.platform.process.app;

import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Upstream;
import io.platform.failure.ExitMessages;
import io.platform.failure.FailureMessages;
import io.platform.process.sandbox.ProcessMessages;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.slug.ProcessTypes;
import io.platform.slug.TerminalText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The web process of one release, kept running until it is stopped: a crashed one is started again,
 * later each time.
 */
final class SupervisedProcess {
  /** Decides where the traffic goes. */
  interface Owner {
    /** It answers there. */
    void up(SupervisedProcess release, Upstream upstream, Duration took);

    /** It answered, and has ended. */
    void down(SupervisedProcess release);

    /** It did not come up. Returns whether it is to be started again. */
    boolean failed(SupervisedProcess release, ReleaseFailureCause cause, List<String> lastLines);
  }

  /** At one start. */
  private static final int PORTS_TRIED = 3;

  private record Booted(WebProcess process, WebProcess.Boot boot) {}

  private final AppContext apps;
  private final Owner owner;
  private final AppLog log;
  private final Supplier<String> names;
  private volatile RunSpec spec;
  private volatile Optional<Upstream> upstream = Optional.empty();
  private volatile ProcessState state;
  private Optional<WebProcess> instance = Optional.empty();
  private boolean stopped;

  /**
   * Not started yet.
   *
   * @param names gives each process its name
   */
  SupervisedProcess(
      AppContext apps, Owner owner, RunSpec spec, AppLog log, Supplier<String> names) {
    this.apps = apps;
    this.owner = owner;
    this.spec = spec;
    this.log = log;
    this.names = names;
    this.state = state(ProcessState.Status.STARTING, Optional.empty(), 0);
  }

  void start() {
    Thread.ofVirtual().name(spec.toString()).start(this::run);
  }

  RunSpec spec() {
    return spec;
  }

  boolean isOf(ReleaseId release) {
    return spec.release().id().equals(release);
  }

  /** What counts from the next start on: a newer token. */
  void update(RunSpec newer) {
    spec = newer;
  }

  /** How it is now. */
  ProcessState state() {
    return state;
  }

  private void change(ProcessState.Status status, Optional<ReleaseFailureCause> reason) {
    boolean again = state.status() == ProcessState.Status.CRASHED;
    state = state(status, reason, state.restarts() + (again ? 1 : 0));
  }

  private ProcessState state(
      ProcessState.Status status, Optional<ReleaseFailureCause> reason, int restarts) {
    return new ProcessState(
        ProcessName.numbered(ProcessTypes.WEB, 1),
        spec.release().version(),
        status,
        reason,
        Optional.of(Instant.now()),
        restarts,
        ProcessState.Usage.UNKNOWN,
        Optional.empty());
  }

  /** Where it answers now. */
  Optional<Upstream> upstream() {
    return upstream;
  }

  /** Stops it for good, and returns when nothing of it is left. */
  void stop(Duration grace) {
    Optional<WebProcess> last;
    synchronized (this) {
      stopped = true;
      notifyAll();
      last = instance;
    }
    last.ifPresent(running -> running.stop(grace));
  }

  private void run() {
    ProcessSettings.Restarts restarts = apps.settings().restarts();
    Duration wait = restarts.first();
    while (true) {
      long start = System.nanoTime();
      Optional<Boolean> steady = runOnce(start, wait);
      if (steady.isEmpty()) {
        return;
      }
      wait = steady.get() ? restarts.first() : wait;
      if (!pause(wait)) {
        return;
      }
      Duration doubled = wait.multipliedBy(2);
      wait = doubled.compareTo(restarts.most()) > 0 ? restarts.most() : doubled;
    }
  }

  /**
   * From one start to its end: whether it was up for long; empty where it is not to be started
   * again.
   */
  private Optional<Boolean> runOnce(long start, Duration wait) {
    Optional<Booted> next;
    try {
      next = boot();
    } catch (IOException failed) {
      return notUp(notStarted(failed), List.of(), wait);
    }
    if (next.isEmpty()) {
      return Optional.empty();
    }
    WebProcess running = next.get().process();
    return switch (next.get().boot()) {
      case WebProcess.Boot.Up up -> {
        Upstream reached = new Upstream(up.address(), spec.release().id().value());
        upstream = Optional.of(reached);
        change(ProcessState.Status.UP, Optional.empty());
        owner.up(this, reached, Duration.ofNanos(System.nanoTime() - start));
        int exitCode = running.ended().join();
        upstream = Optional.empty();
        yield ended(exitCode, running.detail(), System.nanoTime() - start, wait);
      }
      case WebProcess.Boot.Down down -> {
        Optional<Boolean> again = notUp(down.cause(), running.lastLines(), wait);
        running.stop(apps.settings().grace());
        yield again;
      }
    };
  }

  /** Starts it, and again on another port where somebody else listens on the one that it got. */
  private Optional<Booted> boot() throws IOException {
    for (int tried = 1; ; tried++) {
      Optional<WebProcess> next = startUnlessStopped();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      WebProcess running = next.get();
      WebProcess.Boot boot = running.boot();
      boolean taken = boot instanceof WebProcess.Boot.Down down && down.portTaken();
      if (!taken || tried == PORTS_TRIED) {
        return Optional.of(new Booted(running, boot));
      }
      log.note(ProcessMessages.nextPort(running.port()));
      running.stop(apps.settings().grace());
    }
  }

  private synchronized Optional<WebProcess> startUnlessStopped() throws IOException {
    if (!stopped) {
      instance = Optional.of(WebProcess.start(apps, spec, names.get(), log));
      return instance;
    }
    return Optional.empty();
  }

  private Optional<Boolean> ended(int exitCode, ExitDetail detail, long nanos, Duration wait) {
    boolean steady = nanos >= apps.settings().restarts().steady().toNanos();
    if (isStopped()) {
      log.note(
          "The process of %s %s".formatted(spec.release().version(), ExitMessages.end(exitCode)));
      return Optional.empty();
    }
    change(
        ProcessState.Status.CRASHED,
        Optional.of(new ReleaseFailureCause.StartsAgain(exitCode, detail)));
    owner.down(this);
    log.note(
        ProcessMessages.crashed(
            exitCode, detail, steady ? apps.settings().restarts().first() : wait));
    return Optional.of(steady);
  }

  private static ReleaseFailureCause notStarted(IOException e) {
    return e instanceof NoFreePortException ports
        ? new ReleaseFailureCause.NoFreePort(ports.first(), ports.last())
        : new ReleaseFailureCause.NotStarted(
            e.getMessage() == null ? "the system refused it" : TerminalText.inline(e.getMessage()));
  }

  private Optional<Boolean> notUp(
      ReleaseFailureCause cause, List<String> lastLines, Duration wait) {
    change(ProcessState.Status.CRASHED, Optional.of(cause));
    String why = FailureMessages.of(cause);
    if (isStopped() || !owner.failed(this, cause, lastLines)) {
      log.note(why);
      return Optional.empty();
    }
    log.note(ProcessMessages.retried(why, wait));
    return Optional.of(false);
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Returns false when it was stopped meanwhile. */
  private synchronized boolean pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      for (long left = wait.toNanos(); !stopped && left > 0; left = end - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !stopped;
  }
}
