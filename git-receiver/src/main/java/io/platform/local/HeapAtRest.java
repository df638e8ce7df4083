package io.platform.local;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives memory back while nothing happens. The serial collector collects only when its heap is
 * full: what the last logins and pushes left (a password's hash alone takes 19 MB) would stay
 * resident until the next ones.
 */
final class HeapAtRest implements AutoCloseable {
  private static final Duration LOOKS = Duration.ofSeconds(5);
  private static final long QUIET = 2L << 20;
  private static final long WORTH_IT = 16L << 20;

  private final LongSupplier used;
  private final Runnable collect;
  private final Thread clock = Thread.ofVirtual().name("heap-at-rest").unstarted(this::run);
  private long before;
  private long kept;

  /**
   * Looks at a heap.
   *
   * @param used bytes of it that are in use, garbage included
   * @param collect collects all garbage
   */
  HeapAtRest(LongSupplier used, Runnable collect) {
    this.used = used;
    this.collect = collect;
  }

  /** Looks at this JVM's heap from time to time, until closed. */
  static HeapAtRest watch() {
    Runtime jvm = Runtime.getRuntime();
    HeapAtRest heap = new HeapAtRest(() -> jvm.totalMemory() - jvm.freeMemory(), System::gc);
    heap.clock.start();
    return heap;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(LOOKS);
        look();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects where little was allocated since the last look, and much since the last time. */
  void look() {
    long now = used.getAsLong();
    if (Math.abs(now - before) < QUIET && now - kept > WORTH_IT) {
      collect.run();
      now = used.getAsLong();
      kept = now;
    }
    before = now;
  }

  @Override
  public void close() {
    clock.interrupt();
  }
}
