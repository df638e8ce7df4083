package io.platform.storage.bucket;

import io.platform.storage.FailedOperation;
import io.platform.storage.StoreError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests that take too long or have stalled. The clients have limits for connecting and for
 * reading. A write that blocks, since nobody reads at the other end, has none, and is ended by
 * nothing but the end of its connection: to interrupt it waits for a lock that it holds.
 */
public final class StallWatchdog {
  private static final long MOST_LOOK = TimeUnit.MILLISECONDS.toNanos(250);

  private final ScopedValue<WatchedRequest> exchanges = ScopedValue.newInstance();
  private final RequestLimits limits;

  public StallWatchdog(RequestLimits limits) {
    this.limits = limits;
  }

  public RequestLimits settings() {
    return limits;
  }

  /** The request that this thread makes. */
  public WatchedRequest current() {
    return exchanges.isBound() ? exchanges.get() : new WatchedRequest(limits.stall());
  }

  /**
   * Makes a request on a thread of its own.
   *
   * @param limit after which it is given up, though it goes on
   * @param mapping what to throw for what the client threw
   */
  public <T extends @Nullable Object> T within(
      Duration limit,
      FailedOperation failure,
      Callable<T> request,
      Function<Throwable, IOException> mapping)
      throws IOException {
    try {
      return within(limit, request);
    } catch (TimeoutException e) {
      throw failure.because(StoreError.of(StoreError.Kind.TOO_SLOW));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the object store was asked");
    } catch (ExecutionException e) {
      throw mapping.apply(e.getCause() == null ? e : e.getCause());
    }
  }

  private <T extends @Nullable Object> T within(Duration limit, Callable<T> request)
      throws InterruptedException, ExecutionException, TimeoutException {
    WatchedRequest exchange = new WatchedRequest(limits.stall());
    FutureTask<T> answer =
        new FutureTask<>(() -> ScopedValue.where(exchanges, exchange).call(request::call));
    Thread.ofVirtual().name("store-request").start(answer);
    try {
      return await(answer, exchange, System.nanoTime() + limit.toNanos());
    } catch (TimeoutException | InterruptedException e) {
      Thread.ofVirtual().name("store-request-end").start(() -> exchange.end(answer));
      throw e;
    }
  }

  private <T extends @Nullable Object> T await(
      FutureTask<T> answer, WatchedRequest exchange, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    long look = Math.min(MOST_LOOK, limits.stall().toNanos() / 4);
    while (true) {
      try {
        return answer.get(look, TimeUnit.NANOSECONDS);
      } catch (TimeoutException notYet) {
        if (System.nanoTime() - end > 0 || exchange.hasStalledAgain()) {
          throw notYet;
        }
      }
    }
  }
}
