package io.platform.build.supervision;

import io.platform.build.BuildLifecycle;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.port.BuildRunner;
import java.io.IOException;

/**
 * Drives a build from its acceptance to its settlement. Each step looks at the row first and does
 * what is left to do, so that all of it can be begun again at any point, by this process or the
 * next.
 */
public final class BuildRun {
  private final BuildLauncher launcher;
  private final BuildMonitor monitor;
  private final BuildLifecycle lifecycle;
  private final BuildFinisher finisher;

  /** Made of these steps. */
  public BuildRun(
      BuildLauncher launcher,
      BuildMonitor monitor,
      BuildLifecycle lifecycle,
      BuildFinisher finisher) {
    this.launcher = launcher;
    this.monitor = monitor;
    this.lifecycle = lifecycle;
    this.finisher = finisher;
  }

  /** Launch, watch, end, settle. */
  void drive(SupervisedBuild supervised) throws InterruptedException, IOException {
    supervised.refusal().ifPresent(end -> lifecycle.end(supervised.id(), end));
    launch(supervised);
    Build ended = monitor.awaitEnd(supervised);
    launcher.stop(ended);
    finisher.settle(ended);
    launcher.remove(ended);
  }

  private void launch(SupervisedBuild supervised) {
    try {
      launcher.launch(supervised);
    } catch (BuildRunner.LaunchFailed e) {
      lifecycle.end(supervised.id(), new BuildEnd.Failed(e.failure()));
    }
  }
}
