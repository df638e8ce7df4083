package io.platform.bootstrap;

import io.platform.commons.shutdown.BoundedStop;
import io.platform.commons.shutdown.ShutdownLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes resources in the reverse order of their opening, each within its time limit and all within
 * a total. One that fails to close, or does not end, keeps no other from it.
 */
public final class ResourceStack implements AutoCloseable {
  private final ShutdownLimits limits;
  private final Deque<Part> open = new ArrayDeque<>();

  private record Part(String name, AutoCloseable part, Duration limit) {}

  /** A stack of nothing. */
  public ResourceStack(ShutdownLimits limits) {
    this.limits = limits;
  }

  /**
   * Closes this part before those that were added earlier; returns it.
   *
   * @param name what the log calls it
   */
  public <T extends AutoCloseable> T add(String name, T part) {
    return add(name, part, limits.part());
  }

  /** As {@link #add(String, AutoCloseable)}, with a limit of its own. */
  public <T extends AutoCloseable> T add(String name, T part, Duration limit) {
    open.push(new Part(name, part, limit));
    return part;
  }

  @Override
  public void close() {
    long end = System.nanoTime() + limits.total().toNanos();
    while (!open.isEmpty()) {
      Part next = open.pop();
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      BoundedStop.close(
          next.name(), next.part(), left.compareTo(next.limit()) < 0 ? left : next.limit());
    }
  }
}
