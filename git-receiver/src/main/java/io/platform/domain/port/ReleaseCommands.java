package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs the commands of the {@code release} process type: with the slug and config of a new release,
 * before it gets traffic. A release's command runs at most once.
 */
public interface ReleaseCommands {
  /**
   * Runs the release's command, or waits for the end of the one that an earlier process started.
   * Where the thread is interrupted, a command that outlives this process goes on.
   *
   * @param startedBefore whether an earlier call told {@link ReleaseCommandProgress#started}
   * @param limit how long it may take
   * @return why it failed; empty where it ended with exit code 0
   */
  Optional<ReleaseFailureCause> run(
      RunSpec spec, boolean startedBefore, Duration limit, ReleaseCommandProgress progress)
      throws InterruptedException;

  /** Stops the command of a release, where it runs, and returns when nothing of it is left. */
  void stop(App app, ReleaseId release) throws InterruptedException;
}
