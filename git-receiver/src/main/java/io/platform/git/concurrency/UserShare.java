package io.platform.git.concurrency;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits the concurrent requests of each user, so that one user cannot block all others. */
public final class UserShare {
  private final int each;
  private final Duration maxWait;
  private final ConcurrentMap<String, Turns> users = new ConcurrentHashMap<>();

  /**
   * Nobody has a request yet.
   *
   * @param each most requests of one user at once
   * @param maxWait how long one more waits for the end of another
   */
  public UserShare(int each, Duration maxWait) {
    this.each = each;
    this.maxWait = maxWait;
  }

  /** As many requests of the user go on as may. */
  public static final class Spent extends IOException {
    private static final long serialVersionUID = 1L;
    private final int each;

    private Spent(int each) {
      super("a user has %d requests at once".formatted(each));
      this.each = each;
    }

    public int each() {
      return each;
    }
  }

  private static final class Turns {
    private final Semaphore free;
    private int requests;

    private Turns(int each) {
      free = new Semaphore(each, true);
    }
  }

  /**
   * Does the work of a request of the user.
   *
   * @throws Spent where the user's turn does not come in time; then nothing of it was done
   */
  public <E extends Exception> void run(String user, GitThreads.Work<E> work)
      throws IOException, E {
    Turns turns = begin(user);
    try {
      if (!turns.free.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Spent(each);
      }
      try {
        work.run();
      } finally {
        turns.free.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for another request to end");
    } finally {
      end(user);
    }
  }

  private Turns begin(String user) {
    return users.compute(
        user,
        (it, known) -> {
          Turns turns = known == null ? new Turns(each) : known;
          turns.requests++;
          return turns;
        });
  }

  private void end(String user) {
    users.computeIfPresent(user, (it, turns) -> --turns.requests == 0 ? null : turns);
  }
}
