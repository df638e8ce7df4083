package io.platform.build.supervision;

import io.platform.build.BuildLifecycle;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.time.Duration;

/** Waits for builds to end, and ends those that exceed a limit or have lost their builder. */
public final class BuildMonitor {
  private final Builds builds;
  private final Signals signals;
  private final BuildLifecycle lifecycle;
  private final BuilderStates states;
  private final BuildCheck check;

  /** A monitor of these builds. */
  public BuildMonitor(
      Builds builds,
      Signals signals,
      BuildLifecycle lifecycle,
      BuilderStates states,
      BuildCheck check) {
    this.builds = builds;
    this.signals = signals;
    this.lifecycle = lifecycle;
    this.states = states;
    this.check = check;
  }

  /** Waits until the row says that the build has ended. */
  Build awaitEnd(SupervisedBuild supervised) throws InterruptedException, IOException {
    BuildId id = supervised.id();
    while (true) {
      Signals.Ticket ticket = signals.ticket(new Topic.BuildChanged(id));
      Build build = row(id);
      if (build.status().ended()) {
        return build;
      }
      switch (check.check(build, states.of(id), supervised)) {
        case BuildCheck.Result.Ends(BuildEnd end) -> lifecycle.end(id, end);
        case BuildCheck.Result.Continues(Duration nextCheck) -> ticket.await(nextCheck);
      }
    }
  }

  private Build row(BuildId id) {
    return builds
        .find(id)
        .orElseThrow(() -> new IllegalStateException("build %s has no row".formatted(id)));
  }
}
