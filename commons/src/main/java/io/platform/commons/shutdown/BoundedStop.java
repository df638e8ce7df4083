package io.platform.commons.shutdown;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops threads and executors within a time limit, even if they ignore interruption. What does not
 * end in time is named in the log and keeps running until the process exits.
 */
public final class BoundedStop {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedStop.class);

  private BoundedStop() {}

  /**
   * Interrupts all of these threads, then waits for them.
   *
   * @param limit for all of them together
   * @return whether all have ended
   */
  public static boolean stop(Collection<Thread> threads, Duration limit) {
    threads.forEach(Thread::interrupt);
    List<String> left = await(threads, limit).stream().map(Thread::getName).sorted().toList();
    if (!left.isEmpty()) {
      LOG.warn("{} did not end within {} s", String.join(", ", left), limit.toSeconds());
    }
    return left.isEmpty();
  }

  /**
   * Waits for all of these threads, and does not interrupt them.
   *
   * @param limit for all of them together
   * @return those that have not ended
   */
  static List<Thread> await(Collection<Thread> threads, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return threads.stream().filter(Thread::isAlive).toList();
  }

  /** As {@link #stop(Collection, Duration)} for one thread. */
  public static boolean stop(Thread thread, Duration limit) {
    return stop(List.of(thread), limit);
  }

  /**
   * Drops the tasks that wait, interrupts those that run, and waits for these.
   *
   * @param name for the log
   * @return whether all have ended
   */
  public static boolean stop(String name, ExecutorService tasks, Duration limit) {
    tasks.shutdownNow();
    try {
      if (tasks.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn("{} did not end within {} s", name, limit.toSeconds());
    return false;
  }

  /**
   * Closes a part on a thread of its own, and waits for that. A part that cannot be closed is told
   * in the log.
   *
   * @param name for the log and the thread
   * @return whether it has been closed, or has failed to
   */
  public static boolean close(String name, AutoCloseable part, Duration limit) {
    Thread closing =
        Thread.ofPlatform()
            .daemon()
            .name("stop " + name)
            .start(() -> {
              try {
                part.close();
              } catch (Exception e) {
                LOG.warn("the {} did not stop cleanly", name, e);
              }
            });
    try {
      if (closing.join(limit)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn(
        "the {} did not stop within {} s; the server stops without it", name, limit.toSeconds());
    return false;
  }
}
