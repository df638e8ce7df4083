package io.platform.domain.port;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import java.util.function.Consumer;

/**
 * Runs builders of one kind ({@link io.platform.domain.BuilderKind}): as child processes on one
 * machine, as pods on a cluster.
 */
public interface BuildRunner {
  /**
   * Launches the builder under the build's name; one that is there already is success. Returns when
   * it is launched, or waits for its turn.
   */
  void launch(BuildSpec spec) throws LaunchFailed;

  /**
   * Tells the current state of every builder first, before it returns where that can be, and then
   * each change, until closed.
   */
  Subscription watch(Consumer<BuilderEvent> consumer);

  /**
   * Stops the builder and all that it started, waits for its end, and removes what is left of it
   * (of one that ended by itself perhaps later, so that people can look at it); none is success.
   */
  void cancel(BuildId id);

  /** The builder could not be launched. */
  final class LaunchFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient BuildFailureCause.NotLaunched failure;

    /** For this reason; the cause is for the log. */
    public LaunchFailed(BuildFailureCause.NotLaunched failure, Throwable cause) {
      super(failure.toString(), cause);
      this.failure = failure;
    }

    /** Why. */
    public BuildFailureCause.NotLaunched failure() {
      return failure;
    }
  }
}
