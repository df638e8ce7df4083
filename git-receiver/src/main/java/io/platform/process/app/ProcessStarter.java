package io.platform.process.app;

import io.platform.domain.ProcessName;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.process.log.AppLog;
import io.platform.slug.ProcessTypes;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the processes that a release lacks, each start in a directory of its own. */
final class ProcessStarter {
  private final AppContext apps;
  private final SupervisedProcess.Owner owner;
  private final AppLog log;
  private final LeavingProcesses leaving;
  private final AtomicInteger starts = new AtomicInteger();

  /**
   * Has started none.
   *
   * @param owner is told what becomes of what is started
   * @param leaving those whose end some processes have to wait for
   */
  ProcessStarter(
      AppContext apps, SupervisedProcess.Owner owner, AppLog log, LeavingProcesses leaving) {
    this.apps = apps;
    this.owner = owner;
    this.log = log;
    this.leaving = leaving;
  }

  /** Starts all that are missing and need not wait for the end of others. */
  void startMissing(ReleaseProcesses release) {
    release.missing().stream()
        .filter(name -> mayStart(release, name))
        .forEach(name -> release.add(start(release, name)));
  }

  /** Starts one missing process of a type that the release has to prove itself with. */
  void startNextProof(ReleaseProcesses release) {
    release.missing().stream()
        .filter(name -> release.proves(name.type()))
        .findFirst()
        .ifPresent(name -> release.add(start(release, name)));
  }

  /** A rolling restart: a new web process comes up beside an old one, one at a time. */
  void startNextReplacement(ReleaseProcesses release) {
    if (!release.replacesAny()) {
      release.running().stream()
          .filter(process -> process.dueRestart().isPresent())
          .findFirst()
          .ifPresent(process -> release.addReplacement(start(release, process.name())));
    }
  }

  private boolean mayStart(ReleaseProcesses release, ProcessName name) {
    ReleaseId own = release.spec().release().id();
    return !leaving.has(own, name)
        && (name.type().equals(ProcessTypes.WEB)
            || release.overlaps()
            || !leaving.hasOthersThan(own));
  }

  private SupervisedProcess start(ReleaseProcesses release, ProcessName name) {
    SupervisedProcess process =
        new SupervisedProcess(
            apps, owner, release.spec(), name, log, () -> directoryName(release.spec().release()));
    process.start();
    return process;
  }

  private String directoryName(Release release) {
    return release.version() + "-" + starts.incrementAndGet();
  }
}
