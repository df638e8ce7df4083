package io.platform.process.app;

import io.platform.domain.Restart;
import java.util.List;
import java.util.Optional;

/**
 * Compares the processes of an app that run with those that should run, and does what can be done
 * now. Guarded by its owner's lock.
 *
 * <p>The web processes of a new release come up beside the old ones, one after the other; with
 * them, or, where the app says how many more or fewer there may be, one by one, the old ones leave.
 * Processes of other types start when those of the old release have ended: they overlap only where
 * the app allows it.
 */
final class ProcessReconciler {
  private final AppReleases releases;
  private final LatestRollout rollout;
  private final WebTraffic traffic;
  private final ProcessStarter starter;
  private final LeavingProcesses leaving;

  ProcessReconciler(
      AppReleases releases,
      LatestRollout rollout,
      WebTraffic traffic,
      ProcessStarter starter,
      LeavingProcesses leaving) {
    this.releases = releases;
    this.rollout = rollout;
    this.traffic = traffic;
    this.starter = starter;
    this.leaving = leaving;
  }

  /** Does what can be done now. Whatever happens to a process makes another call worthwhile. */
  void reconcile() {
    releases.next().ifPresent(this::bringUp);
    if (releases.next().filter(next -> !next.wantsWeb()).isEmpty()) {
      releases.current().ifPresent(this::maintain);
    }
  }

  /** Gives up the next release: all that ran before runs again, and has the traffic alone. */
  void giveUpNext() {
    Optional<ReleaseProcesses> given = releases.dropNext();
    traffic.update();
    given.ifPresent(it -> leaving.add(it.take(any -> true)));
  }

  private void bringUp(ReleaseProcesses next) {
    leaving.add(next.takeSurplus());
    if (next.wantsWeb()) {
      WebReplacement step = WebReplacement.of(releases.current(), next);
      if (step.mayStart()) {
        starter.startNextProof(next);
      }
      retire(step.surplus());
    } else {
      if (!next.overlaps()) {
        releases.current().ifPresent(old -> leaving.add(old.take(process -> !process.isWeb())));
      }
      starter.startMissing(next);
    }
    if (next.isUp()) {
      promote(next);
    }
  }

  /** Old web processes whose place new ones have taken. */
  private void retire(List<SupervisedProcess> processes) {
    if (!processes.isEmpty()) {
      releases.current().ifPresent(old -> old.retire(processes));
    }
    if (releases.next().filter(ReleaseProcesses::isGradual).isPresent()) {
      traffic.update();
    }
    leaving.add(processes);
  }

  private void promote(ReleaseProcesses next) {
    Optional<ReleaseProcesses> old = releases.promoteNext();
    traffic.update();
    rollout.isUp(next);
    old.ifPresent(it -> leaving.add(it.take(any -> true)));
  }

  private void maintain(ReleaseProcesses current) {
    List<SupervisedProcess> surplus = current.takeSurplus();
    List<SupervisedProcess> due = takeDue(current);
    traffic.update();
    leaving.add(surplus);
    leaving.add(due);
    starter.startNextReplacement(current);
    starter.startMissing(current);
    if (current.isUp()) {
      rollout.isUp(current);
    }
  }

  /** Those that are to be stopped and started again: all but web processes that can wait. */
  private static List<SupervisedProcess> takeDue(ReleaseProcesses current) {
    return current.take(process ->
        process.dueRestart().filter(restart -> !isReplaced(process, restart)).isPresent());
  }

  private static boolean isReplaced(SupervisedProcess process, Restart restart) {
    return process.isWeb() && process.isUp() && restart.manner() == Restart.Manner.ROLLING;
  }
}
