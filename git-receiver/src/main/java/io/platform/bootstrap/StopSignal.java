package io.platform.bootstrap;

import java.util.concurrent.CountDownLatch;

/** SIGTERM or Ctrl-C: the program is told, and the process waits until it has stopped. */
public final class StopSignal implements AutoCloseable {
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private StopSignal() {}

  /** From now on the process ends when this is closed. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(signal::stopAndWait));
    return signal;
  }

  /** Waits until the program is to stop. */
  public void await() throws InterruptedException {
    stop.await();
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The program has stopped. */
  @Override
  public void close() {
    stopped.countDown();
  }
}
