package io.platform.kubernetes.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines of all pods as they come, merged by time: each waits for a short while for earlier ones
 * of other pods. Where there is no room, whoever adds waits, which holds up the reading of a log
 * and not the app.
 */
final class LiveLines {
  private static final Duration WINDOW = Duration.ofMillis(500);
  private static final long MOST_BYTES = 2L << 20;
  private static final int MOST_LINES = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparing(Entry::line, StampedLine.BY_TIME).thenComparingLong(Entry::number));
  private long bytes;
  private long numbers;
  private boolean lost;

  private record Entry(StampedLine line, long number, long arrived) {}

  /**
   * The lines that can be handed over now.
   *
   * @param lost whether lines are missing before these
   */
  record Ready(boolean lost, List<StampedLine> lines) {}

  /** Adds a line, as soon as there is room. */
  void add(StampedLine line) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (bytes > 0 && bytes + line.bytes() > MOST_BYTES) {
        changed.await();
      }
      entries.add(new Entry(line, numbers++, System.nanoTime()));
      bytes += line.bytes();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lines are missing, nobody knows how many. */
  void lost() {
    lock.lock();
    try {
      lost = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for lines; empty where none came within the limit. */
  Ready take(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (!lost && left > 0 && waitOfFirst() > 0) {
        long wait = Math.min(left, waitOfFirst());
        left -= wait - Math.max(0, changed.awaitNanos(wait));
      }
      List<StampedLine> ready = new ArrayList<>();
      while (ready.size() < MOST_LINES && !entries.isEmpty() && waitOfFirst() <= 0) {
        Entry first = entries.remove();
        bytes -= first.line().bytes();
        ready.add(first.line());
      }
      Ready result = new Ready(lost, ready);
      lost = false;
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** How long the first line still waits for earlier ones, in nanoseconds. */
  private long waitOfFirst() {
    if (entries.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return bytes > MOST_BYTES / 2
        ? 0
        : WINDOW.toNanos() - (System.nanoTime() - entries.element().arrived());
  }
}
