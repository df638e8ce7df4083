package io.platform.bootstrap;

import io.platform.commons.shutdown.ShutdownLimits;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM or Ctrl-C: the program is told, and the process waits until it has stopped, but never
 * longer than the total limit.
 */
public final class StopSignal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

  private final ShutdownLimits limits;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal(ShutdownLimits limits) {
    this.limits = limits;
  }

  /** From now on the process ends when this is closed, or the limit is over. */
  public static StopSignal install(ShutdownLimits limits) {
    StopSignal signal = new StopSignal(limits);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(signal::stopAndWait));
    return signal;
  }

  /** Waits until the program is to stop. */
  public void await() throws InterruptedException {
    stop.await();
  }

  /** Tells the program to stop, as SIGTERM does. */
  public void send() {
    stop.countDown();
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      if (!stopped.await(limits.total().toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.error(
            "the server did not stop within {} s and ends now; still at work: {}",
            limits.total().toSeconds(),
            String.join(", ", threads()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The names of the program's threads, without the JVM's own. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.equals(Thread.currentThread()))
        .filter(thread ->
            thread.getThreadGroup() != null && thread.getThreadGroup().getParent() != null)
        .map(Thread::getName)
        .distinct()
        .sorted()
        .toList();
  }

  /** The program has stopped. */
  @Override
  public void close() {
    stopped.countDown();
  }
}
