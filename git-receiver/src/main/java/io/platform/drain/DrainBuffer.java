package io.platform.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.domain.LogLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines that wait for a drain. Where there is no room for a line, the oldest ones are left out
 * and counted; whoever adds never waits.
 */
final class DrainBuffer {
  /** What a line takes beside its text. */
  private static final int OVERHEAD = 200;

  private final DrainConfig.Buffer limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  /** What was left out before the first of the entries, or, without any, before the next line. */
  private Gap before = Gap.NONE;

  /** What is missing before the next line that is added. */
  private Gap lost = Gap.NONE;

  DrainBuffer(DrainConfig.Buffer limits) {
    this.limits = limits;
  }

  /**
   * Lines that are missing.
   *
   * @param lines how many, as far as that is known
   * @param more whether others are missing that nobody counted
   */
  record Gap(long lines, boolean more) {
    static final Gap NONE = new Gap(0, false);

    Gap plus(Gap other) {
      return new Gap(lines + other.lines, more || other.more);
    }

    Gap plusLine() {
      return new Gap(lines + 1, more);
    }

    boolean isNone() {
      return lines == 0 && !more;
    }
  }

  private record Entry(Gap before, LogLine line, int bytes) {}

  /**
   * The lines that are sent together.
   *
   * @param missing what was left out before the lines
   * @param lines at least one, without a gap between them
   */
  record Batch(Gap missing, List<LogLine> lines) {}

  /** Adds a line. */
  void add(LogLine line) {
    lock.lock();
    try {
      Entry entry = new Entry(lost, line, line.text().getBytes(UTF_8).length + OVERHEAD);
      lost = Gap.NONE;
      entries.addLast(entry);
      bytes += entry.bytes();
      while (bytes > limits.bytes() && entries.size() > 1) {
        Entry oldest = entries.removeFirst();
        bytes -= oldest.bytes();
        before = before.plus(oldest.before()).plusLine();
      }
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lines are missing that the log did not have any more. */
  void lost(long count) {
    lock.lock();
    try {
      lost = lost.plus(new Gap(count, count == 0));
    } finally {
      lock.unlock();
    }
  }

  /** Waits for lines, and takes as many as may be sent at once. */
  Batch take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (entries.isEmpty()) {
        filled.await();
      }
      Gap missing = before.plus(entries.getFirst().before());
      before = Gap.NONE;
      List<LogLine> lines = new ArrayList<>();
      long taken = 0;
      while (!entries.isEmpty() && fits(entries.getFirst(), lines.size(), taken)) {
        Entry entry = entries.removeFirst();
        bytes -= entry.bytes();
        taken += entry.bytes();
        lines.add(entry.line());
      }
      return new Batch(missing, List.copyOf(lines));
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Entry next, int lines, long taken) {
    return lines == 0
        || (lines < limits.batchLines()
            && taken + next.bytes() <= limits.batchBytes()
            && next.before().isNone());
  }

  /** How many lines were left out that no batch told of yet. */
  long missing() {
    lock.lock();
    try {
      return before.lines()
          + lost.lines()
          + entries.stream().mapToLong(entry -> entry.before().lines()).sum();
    } finally {
      lock.unlock();
    }
  }
}
