package io.platform.process.app;

import io.platform.domain.ProcessName;
import io.platform.domain.ReleaseId;
import io.platform.process.log.AppLog;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of an app that are on their way out: web processes finish their requests first.
 * Guarded by its owner's lock, but for what runs in the background.
 */
final class LeavingProcesses {
  private final AppContext apps;
  private final AppRoute route;
  private final AppLog log;
  private final Object lock;
  private final Runnable gone;
  private final List<SupervisedProcess> leaving = new ArrayList<>();

  /**
   * None yet.
   *
   * @param lock guards this
   * @param gone called, with the lock, when one has ended
   */
  LeavingProcesses(AppContext apps, AppRoute route, AppLog log, Object lock, Runnable gone) {
    this.apps = apps;
    this.route = route;
    this.log = log;
    this.lock = lock;
    this.gone = gone;
  }

  /** Stops processes that get no new request any more. */
  void add(List<SupervisedProcess> processes) {
    processes.forEach(this::add);
  }

  private void add(SupervisedProcess process) {
    process.leave();
    leaving.add(process);
    apps.background()
        .execute(() -> {
          try {
            end(process);
          } finally {
            synchronized (lock) {
              leaving.remove(process);
              gone.run();
            }
          }
        });
  }

  private void end(SupervisedProcess process) {
    process
        .upstream()
        .ifPresent(upstream -> {
          if (!route.drain(upstream, apps.settings().drain())) {
            log.note(
                "Requests are still in flight to %s after %d s"
                    .formatted(process.name(), apps.settings().drain().toSeconds()));
          }
        });
    process.stop(process.grace());
  }

  /** Whether a process of this name and release has not ended yet. */
  boolean has(ReleaseId release, ProcessName name) {
    return leaving.stream()
        .anyMatch(process -> process.isOf(release) && process.name().equals(name));
  }

  /** Whether a process without a port, of another release, has not ended yet. */
  boolean hasOthersThan(ReleaseId release) {
    return leaving.stream().anyMatch(process -> !process.isWeb() && !process.isOf(release));
  }

  /** Those that have not ended yet. */
  List<SupervisedProcess> all() {
    return List.copyOf(leaving);
  }
}
