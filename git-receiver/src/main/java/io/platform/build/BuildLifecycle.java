package io.platform.build;

import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.port.Builds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends, cancels and settles builds; nothing else does. Report, exit, cancellation, deadline and a
 * push that is not accepted all come here, and the first of them wins.
 */
public final class BuildLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(BuildLifecycle.class);

  private final Builds builds;

  /** Of these builds. */
  public BuildLifecycle(Builds builds) {
    this.builds = builds;
  }

  /** Ends the build, unless it has ended. */
  public Builds.Ended end(BuildId id, BuildEnd end) {
    Builds.Ended ended = builds.end(id, end);
    if (ended.first()) {
      LOG.info("build {} {}", id, ended.build().status().word());
    }
    return ended;
  }

  /**
   * Ends a build whose receiver is gone, unless that is there after all.
   *
   * @param seen the build with the lease that was not renewed
   * @return whether this call ended it
   */
  public boolean endAbandoned(Build seen, BuildEnd.Failed end) {
    return builds.endAbandoned(seen, end);
  }

  /**
   * Cancels the build, unless it has ended.
   *
   * @param by who cancels it (e-mail)
   */
  public Builds.Ended cancel(BuildId id, String by) {
    Builds.Ended ended = builds.end(id, new BuildEnd.Canceled(by));
    if (ended.first()) {
      LOG.info("{} canceled build {}", by, id);
    }
    return ended;
  }

  /** Cancels the app's build that is not settled yet, if there is one and it has not ended. */
  public void cancelUnsettled(AppId app, String by) {
    builds.unsettled(app).ifPresent(build -> cancel(build.id(), by));
  }

  /** Frees the app's lock and closes the log of a build that has ended. A repeat does nothing. */
  public void settle(Build ended, Build.Outcome outcome) {
    builds.settle(ended.id(), outcome);
  }
}
