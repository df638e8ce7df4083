package io.platform.release;

import io.platform.domain.AppId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes what runs of an app, so that apps do not wait for each other. It ends
 * when its app is gone.
 */
final class AppWorker {
  private static final Logger LOG = LoggerFactory.getLogger(AppWorker.class);

  private final AppId app;
  private final AppReconciler reconciler;
  private final Duration retryAfter;
  private final Runnable gone;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Thread thread;
  private boolean dirty = true;

  /**
   * A worker that has not begun.
   *
   * @param reconcilers makes the app's reconciler, which calls what it is given on news
   * @param retryAfter how long to wait after a failure
   * @param gone called where there is nothing to look after any more
   */
  AppWorker(
      AppId app,
      Function<Runnable, AppReconciler> reconcilers,
      Duration retryAfter,
      Runnable gone) {
    this.app = app;
    this.reconciler = reconcilers.apply(this::wake);
    this.retryAfter = retryAfter;
    this.gone = gone;
    this.thread = Thread.ofVirtual().name("deployer-" + app).unstarted(this::work);
  }

  AppWorker start() {
    thread.start();
    return this;
  }

  /** Look again, now or when the current look is over. */
  void wake() {
    lock.lock();
    try {
      dirty = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What runs may not be what was applied any more. */
  void disturbed() {
    reconciler.disturbed();
    wake();
  }

  /** Its thread, which ends when it is interrupted. */
  Thread thread() {
    return thread;
  }

  private void work() {
    try {
      Duration next = Duration.ZERO;
      while (awaitWork(next)) {
        AppReconciler.Next look = look();
        if (look instanceof AppReconciler.Next.Gone) {
          gone.run();
          return;
        }
        next = ((AppReconciler.Next.LookAgain) look).within();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reconciler.close();
    }
  }

  private AppReconciler.Next look() throws InterruptedException {
    try {
      return reconciler.look();
    } catch (RuntimeException e) {
      LOG.warn("app {} could not be reconciled; the next attempt is in {}", app, retryAfter, e);
      return new AppReconciler.Next.LookAgain(retryAfter);
    }
  }

  private boolean awaitWork(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.NANOSECONDS.convert(limit);
      while (!dirty && left > 0) {
        left = woken.awaitNanos(left);
      }
      dirty = false;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
