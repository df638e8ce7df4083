package io.platform.git.http.fetch;

import io.platform.git.http.protocol.KeepAliveOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.eclipse.jgit.errors.PackProtocolException;

/**
 * Ends a fetch that has taken too much processor time or memory, or whose client has left. Used by
 * the one thread that works on it, which is the thread that makes it.
 */
final class FetchBudget {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The clock costs as much as reading a small object. */
  private static final int CALLS_PER_LOOK = 64;

  private final long most;
  private final KeepAliveOutput client;
  private final long begun = THREADS.getCurrentThreadCpuTime();
  private final long objects;
  private long held;
  private int calls;

  /**
   * A budget that nothing was taken from.
   *
   * @param most processor time
   * @param objects how many may be held in memory
   */
  FetchBudget(Duration most, long objects, KeepAliveOutput client) {
    this.most = most.toNanos();
    this.objects = objects;
    this.client = client;
  }

  /** Called for each object that is held until the end of the fetch. */
  void hold() {
    held++;
  }

  /** Called whenever an object is looked up. */
  void check() throws IOException {
    if (++calls % CALLS_PER_LOOK != 0) {
      return;
    }
    client.check();
    if (held > objects) {
      throw new PackProtocolException(
          "The fetch was ended because it takes more memory than this server has for fetches. Fetch less at a time, for example with --depth or one branch, or contact your administrator for more memory (-Xmx).");
    }
    if (THREADS.getCurrentThreadCpuTime() - begun > most) {
      throw new PackProtocolException(
          "The fetch was ended because it took more than %d s of processor time. Fetch less at a time, for example with --depth or one branch."
              .formatted(Duration.ofNanos(most).toSeconds()));
    }
  }
}
