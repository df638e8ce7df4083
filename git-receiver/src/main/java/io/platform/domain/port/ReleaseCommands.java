package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs the commands of releases, with their slugs and configs: the {@code release} process type and
 * the scripts of app.json. Each command of a release runs at most once.
 */
public interface ReleaseCommands {
  /**
   * Runs a command of the release, or waits for the end of the one that an earlier process started.
   * Where the thread is interrupted, a command that outlives this process goes on.
   *
   * @param kind one that the release has
   * @param startedBefore whether an earlier call told {@link ReleaseCommandProgress#started}
   * @param limit how long it may take
   * @return why it failed; empty where it ended with exit code 0
   */
  Optional<ReleaseFailureCause> run(
      RunSpec spec,
      ReleaseCommandKind kind,
      boolean startedBefore,
      Duration limit,
      ReleaseCommandProgress progress)
      throws InterruptedException;

  /**
   * Stops the command of a release that runs, if one does, and returns when nothing of it is left.
   */
  void stop(App app, ReleaseId release) throws InterruptedException;
}
