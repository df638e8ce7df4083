package io.platform.build.maintenance;

import io.platform.build.recovery.StartupRecovery;
import io.platform.build.supervision.BuildSupervisor;
import io.platform.build.supervision.BuilderStates;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Builds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Resumes builds that no receiver supervises, and removes builders whose build is over. */
public final class BuildTakeUp {
  /** Long enough for the receiver to settle by itself what it ended by itself. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  private final StartupRecovery recovery;
  private final Builds builds;
  private final BuildSupervisor supervisor;
  private final BuildRunner runner;
  private final BuilderStates states;
  private final InstantSource clock;

  /** Has them driven by this supervisor. */
  public BuildTakeUp(
      StartupRecovery recovery,
      Builds builds,
      BuildSupervisor supervisor,
      BuildRunner runner,
      BuilderStates states,
      InstantSource clock) {
    this.recovery = recovery;
    this.builds = builds;
    this.supervisor = supervisor;
    this.runner = runner;
    this.states = states;
    this.clock = clock;
  }

  /** Repairs what an earlier process left, and takes up its builds. */
  void takeUpAtStart() {
    recovery.repair().forEach(supervisor::supervise);
  }

  /**
   * What could not be repaired at start is repaired, builds that nobody drives are driven, and
   * builders whose build is over are removed.
   */
  void takeUpForgotten() {
    recovery.repairRest().forEach(supervisor::supervise);
    Instant before = clock.instant().minus(FORGOTTEN_AFTER);
    for (Build build : builds.unsettled()) {
      if (build.status() != BuildStatus.RECEIVING
          && build.endedAt().orElse(build.createdAt()).isBefore(before)) {
        supervisor.supervise(build.id());
      }
    }
    for (BuildId id : states.builds()) {
      if (!supervisor.supervises(id) && builds.find(id).map(Build::settled).orElse(true)) {
        runner.cancel(id);
        states.forget(id);
      }
    }
  }
}
