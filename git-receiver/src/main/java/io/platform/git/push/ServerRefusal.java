package io.platform.git.push;

import io.platform.domain.Build;
import java.time.Duration;

/** Why a push that is in order is not taken now. */
public sealed interface ServerRefusal extends PushRefusal {
  /** Others push so much that this push got no turn. */
  record Busy() implements ServerRefusal {}

  /** The user uploads as much at once as one user may, and none of it ended in time. */
  record TooManyUploads(int most) implements ServerRefusal {}

  /** Another build of the app is not settled. */
  record BuildRuns(Build running, Duration since) implements ServerRefusal {}

  /** The object store has no space for the source. */
  record StoreFull() implements ServerRefusal {}

  /** The object store did not take the source; the operator finds it under the reference. */
  record NotStored(String reference) implements ServerRefusal {}

  /** The server's own disk is full. */
  record DiskFull() implements ServerRefusal {}

  /** The server's database or disk takes no writes. */
  record DiskNotWritable() implements ServerRefusal {}

  /**
   * Something failed that should not; the operator finds it in the server's log under the
   * reference.
   */
  record Failed(String reference) implements ServerRefusal {}

  /** The server stops before the push is accepted. */
  record Stopping() implements ServerRefusal {}
}
