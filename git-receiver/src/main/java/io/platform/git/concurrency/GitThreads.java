package io.platform.git.concurrency;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bounded number of platform threads for git's work on packs and trees. Requests run on virtual
 * threads, which are never preempted: a few that compute would stop all others. Idle threads end.
 */
public final class GitThreads {
  private static final long IDLE_SECONDS = 30;

  private final String name;
  private final ThreadPoolExecutor pool;
  private final Duration maxWait;

  /**
   * Threads of their own.
   *
   * @param count how many work at once
   * @param waiting how many more may wait for their turn
   * @param maxWait how long one waits for its turn
   */
  public GitThreads(String name, int count, int waiting, Duration maxWait) {
    this.name = name;
    this.pool =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    this.maxWait = maxWait;
  }

  /** What the threads are for, as they are named. */
  public String name() {
    return name;
  }

  /** How many work now. */
  public int working() {
    return pool.getActiveCount();
  }

  /** How many wait for their turn now. */
  public int waiting() {
    return pool.getQueue().size();
  }

  /** Something to do on one of the threads. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    /** Does it. */
    void run() throws IOException, E;
  }

  /** The same with a result. */
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    /** Does it. */
    T call() throws IOException, E;
  }

  /** All threads work, and as many requests wait as may. */
  public static final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    Busy() {
      super("all git threads are busy");
    }
  }

  /**
   * Does the work on one of the threads; returns when it is done, or throws what it threw.
   *
   * @throws Busy where its turn does not come in time; then nothing of it was done
   */
  public <E extends Exception> void run(Work<E> work) throws IOException, E {
    this.<Boolean, E>call(() -> {
      work.run();
      return true;
    });
  }

  /**
   * Does the task on one of the threads; returns what it returned, or throws what it threw.
   *
   * @throws Busy where its turn does not come in time; then nothing of it was done
   */
  public <T, E extends Exception> T call(Task<T, E> work) throws IOException, E {
    AtomicBoolean taken = new AtomicBoolean();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<T> done = new CompletableFuture<>();
    Runnable task =
        () -> {
          if (taken.compareAndSet(false, true)) {
            begun.complete(null);
            finish(work, done);
          }
        };
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      throw new Busy();
    }
    awaitTurn(begun, task, taken);
    return GitThreads.<T, E>awaitEnd(done);
  }

  private static <T> void finish(Task<T, ?> work, CompletableFuture<T> done) {
    try {
      done.complete(work.call());
    } catch (Exception | Error e) {
      done.completeExceptionally(e);
    }
  }

  private void awaitTurn(CompletableFuture<Void> begun, Runnable task, AtomicBoolean taken)
      throws IOException {
    try {
      begun.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (taken.compareAndSet(false, true)) {
        pool.remove(task);
        throw new Busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (taken.compareAndSet(false, true)) {
        pool.remove(task);
        throw new InterruptedIOException("interrupted while waiting for a git thread");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn only begins", e);
    }
  }

  /** Not to be interrupted: what works uses what the caller would close. */
  @SuppressWarnings("unchecked") // Besides these, the work throws nothing but E.
  private static <T, E extends Exception> T awaitEnd(CompletableFuture<T> done)
      throws IOException, E {
    try {
      return done.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException fault -> throw fault;
        case Error error -> throw error;
        case null -> throw e;
        case Throwable other -> throw (E) other;
      }
    }
  }
}
