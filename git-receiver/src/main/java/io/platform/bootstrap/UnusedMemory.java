package io.platform.bootstrap;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Returns unused heap memory to the machine. An idle server collects no garbage, so its heap would
 * stay as large as the largest push made it. The JVM shrinks the heap when it collects (its options
 * say how far).
 */
public final class UnusedMemory implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** A collection takes some tenths of a second; for less than this it is not worth it. */
  private static final long LEAST = 64L << 20;

  private final List<MemoryPoolMXBean> old =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
          .toList();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("unused-memory").daemon().factory());

  private final Future<?> looks;

  private UnusedMemory() {
    long nanos = EVERY.toNanos();
    this.looks = thread.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Looks once a minute. */
  public static UnusedMemory start() {
    return new UnusedMemory();
  }

  /** Collects where much has been filled since the last collection; returns whether it did. */
  boolean look() {
    long since = old.stream().mapToLong(UnusedMemory::sinceCollection).sum();
    if (since < LEAST) {
      return false;
    }
    System.gc();
    return true;
  }

  private static long sinceCollection(MemoryPoolMXBean pool) {
    MemoryUsage collected = pool.getCollectionUsage();
    return pool.getUsage().getUsed() - (collected == null ? 0 : collected.getUsed());
  }

  @Override
  public void close() {
    looks.cancel(true);
    thread.shutdownNow();
  }
}
