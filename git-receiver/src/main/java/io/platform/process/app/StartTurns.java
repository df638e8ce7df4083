package io.platform.process.app;

import io.platform.process.sandbox.ProcessSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * The turns in which processes start that nobody waits for: a few at a time, web processes before
 * others.
 */
public final class StartTurns {
  private final ProcessSettings.Starts limits;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparing(Waiting::web, Comparator.reverseOrder())
              .thenComparingLong(Waiting::number));
  private final List<Turn> taken = new ArrayList<>();
  private long asked;

  /** All are free. */
  public StartTurns(ProcessSettings.Starts limits) {
    this.limits = limits;
  }

  private record Waiting(boolean web, long number) {}

  /** The right to start; ended early by being closed. */
  final class Turn implements AutoCloseable {
    private final long end;

    private Turn(Duration length) {
      this.end = System.nanoTime() + length.toNanos();
    }

    @Override
    public void close() {
      end(this);
    }
  }

  /** Waits for a turn. */
  synchronized Turn await(boolean web) throws InterruptedException {
    Waiting own = new Waiting(web, asked++);
    waiting.add(own);
    try {
      long left = untilTurn(own);
      while (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = untilTurn(own);
      }
      Turn turn = new Turn(limits.longest());
      taken.add(turn);
      return turn;
    } finally {
      waiting.remove(own);
      notifyAll();
    }
  }

  /** Nanoseconds until something changes by itself; 0 where it is its turn. */
  private long untilTurn(Waiting own) {
    long now = System.nanoTime();
    taken.removeIf(turn -> turn.end - now <= 0);
    if (taken.size() < limits.most() && own.equals(waiting.peek())) {
      return 0;
    }
    return taken.stream()
        .mapToLong(turn -> turn.end - now)
        .min()
        .orElse(limits.longest().toNanos());
  }

  private synchronized void end(Turn turn) {
    taken.remove(turn);
    notifyAll();
  }
}
