package io.platform.process.app;

import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * How a process is, for those who look: its status, since when and why, and how often it was
 * started again. Once it leaves, nothing changes this any more.
 */
final class ProcessCondition {
  private final ProcessName name;
  private ProcessState.Status status = ProcessState.Status.STARTING;
  private Optional<ReleaseFailureCause> reason = Optional.empty();
  private Instant since = Instant.now();
  private int restarts;
  private boolean leaves;

  /** It starts for the first time. */
  ProcessCondition(ProcessName name) {
    this.name = name;
  }

  synchronized boolean isUp() {
    return status == ProcessState.Status.UP;
  }

  /** Whether it is not started again when it ends. */
  synchronized boolean leaves() {
    return leaves;
  }

  /** It has a status from now on, for a reason. */
  synchronized void change(ProcessState.Status next, Optional<ReleaseFailureCause> why) {
    if (!leaves) {
      status = next;
      reason = why;
      since = Instant.now();
    }
  }

  /** It is started again. The reason why it ended stays until it is up. */
  synchronized void startAgain() {
    restarts++;
    change(ProcessState.Status.STARTING, reason);
  }

  /** It stays up, and gets requests or, for a reason, none. */
  synchronized void ready(Optional<ReleaseFailureCause> unready) {
    if (!leaves) {
      status = ProcessState.Status.UP;
      reason = unready;
    }
  }

  /** It is to be stopped soon. */
  synchronized void leave() {
    change(ProcessState.Status.STOPPING, Optional.empty());
    leaves = true;
  }

  /** All this, as its users see it. */
  synchronized ProcessState state(ReleaseVersion version, ProcessState.Usage used) {
    return new ProcessState(
        name, version, status, reason, Optional.of(since), restarts, used, Optional.empty());
  }
}
