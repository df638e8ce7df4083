package io.platform.process.app;

import io.platform.domain.ProcessName;
import io.platform.domain.ReleaseFailureCause;
import io.platform.slug.AppJson;
import io.platform.slug.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The health checks of one process, as its app.json declares them. Used by one thread. */
final class ProcessHealth {
  private final ProcessName name;
  private final AppJson appJson;
  private final HealthProbe probe;
  private final Predicate<Duration> endsWithin;

  /**
   * Checks a process.
   *
   * @param endsWithin waits, at most so long, for the end of the process
   */
  ProcessHealth(
      ProcessName name, AppJson appJson, HealthProbe probe, Predicate<Duration> endsWithin) {
    this.name = name;
    this.appJson = appJson;
    this.probe = probe;
    this.endsWithin = endsWithin;
  }

  /**
   * Waits until its startup checks have passed, and its readiness checks once.
   *
   * @return why it has not come up; empty also where the process has ended
   */
  Optional<ReleaseFailureCause> awaitStart() {
    return Stream.concat(
            checks(HealthCheck.Kind.STARTUP).stream(), checks(HealthCheck.Kind.READINESS).stream())
        .map(this::awaitPassed)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private List<HealthCheck> checks(HealthCheck.Kind kind) {
    return appJson.checks(name.type(), kind);
  }

  private Optional<ReleaseFailureCause> awaitPassed(HealthCheck check) {
    Duration pause = check.timing().initialDelay();
    if (check.probe() instanceof HealthCheck.Probe.Uptime(Duration time)) {
      pause = pause.plus(time);
    }
    for (int attempt = 1; ; attempt++) {
      if (endsWithin.test(pause)) {
        return Optional.empty();
      }
      Optional<String> why = probe.attempt(check);
      if (why.isEmpty() || attempt == check.timing().attempts()) {
        return why.map(it -> cause(check, it));
      }
      pause = check.timing().interval();
    }
  }

  private ReleaseFailureCause cause(HealthCheck check, String why) {
    return new ReleaseFailureCause.HealthCheckFailed(
        check.kind().word(), name.toString(), check.asked(), why, check.timing().attempts());
  }

  /**
   * Checks a process that is up until it ends or is to be started again.
   *
   * @param readiness told each time that it is to get no requests any more, and why, or requests
   *     again, with nothing
   * @return why it is to be started again; empty where it has ended
   */
  Optional<ReleaseFailureCause> watch(Consumer<Optional<ReleaseFailureCause>> readiness) {
    List<Watched> watched = new ArrayList<>();
    checks(HealthCheck.Kind.LIVENESS).forEach(check -> watched.add(new Watched(check)));
    checks(HealthCheck.Kind.READINESS).forEach(check -> watched.add(new Watched(check)));
    boolean ready = true;
    while (true) {
      Optional<Watched> next = watched.stream().min(Comparator.comparing(Watched::left));
      if (endsWithin.test(next.map(Watched::left).orElse(Duration.ofDays(1)))) {
        return Optional.empty();
      }
      if (next.isEmpty()) {
        continue;
      }
      Watched due = next.get();
      due.attempt();
      if (due.check.kind() == HealthCheck.Kind.LIVENESS && due.failure().isPresent()) {
        return due.failure();
      }
      Optional<ReleaseFailureCause> unready =
          watched.stream().flatMap(it -> it.failure().stream()).findFirst();
      if (unready.isEmpty() != ready) {
        ready = unready.isEmpty();
        readiness.accept(unready);
      }
    }
  }

  /** A check that is repeated. */
  private final class Watched {
    private final HealthCheck check;
    private long due;
    private int failures;
    private Optional<String> why = Optional.empty();

    Watched(HealthCheck check) {
      this.check = check;
      this.due =
          System.nanoTime()
              + check.timing().initialDelay().plus(check.timing().interval()).toNanos();
    }

    Duration left() {
      return Duration.ofNanos(Math.max(0, due - System.nanoTime()));
    }

    /** Why it has failed as often as it may; empty where it has not. */
    Optional<ReleaseFailureCause> failure() {
      return failures < check.timing().attempts()
          ? Optional.empty()
          : why.map(it -> cause(check, it));
    }

    void attempt() {
      why = probe.attempt(check);
      failures = why.isEmpty() ? 0 : failures + 1;
      due = System.nanoTime() + check.timing().interval().toNanos();
    }
  }
}
