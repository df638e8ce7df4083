package io.platform.storage;

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
 * Ends requests that take too long, and those of which nothing goes on any more. The clients have
 * limits for connecting and for reading. A write that blocks, since nobody reads at the other end,
 * has none, and is ended by nothing but the end of its connection: to interrupt it waits for a lock
 * that it holds.
 */
final class Requests {
  private static final long MOST_LOOK = TimeUnit.MILLISECONDS.toNanos(250);

  private final ScopedValue<Exchange> exchanges = ScopedValue.newInstance();
  private final StoreSettings settings;

  Requests(StoreSettings settings) {
    this.settings = settings;
  }

  StoreSettings settings() {
    return settings;
  }

  /** The request that this thread makes. */
  Exchange current() {
    return exchanges.isBound() ? exchanges.get() : new Exchange(settings.stall());
  }

  /**
   * Makes a request on a thread of its own.
   *
   * @param limit after which it is given up, though it goes on
   * @param told what to throw for what the client threw
   */
  <T extends @Nullable Object> T within(
      Duration limit, Failure failure, Callable<T> request, Function<Throwable, IOException> told)
      throws IOException {
    try {
      return within(limit, request);
    } catch (TimeoutException e) {
      throw failure.because(Trouble.of(Trouble.Kind.TOO_SLOW));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the object store was asked");
    } catch (ExecutionException e) {
      throw told.apply(e.getCause() == null ? e : e.getCause());
    }
  }

  private <T extends @Nullable Object> T within(Duration limit, Callable<T> request)
      throws InterruptedException, ExecutionException, TimeoutException {
    Exchange exchange = new Exchange(settings.stall());
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

  private <T extends @Nullable Object> T await(FutureTask<T> answer, Exchange exchange, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    long look = Math.min(MOST_LOOK, settings.stall().toNanos() / 4);
    while (true) {
      try {
        return answer.get(look, TimeUnit.NANOSECONDS);
      } catch (TimeoutException notYet) {
        if (System.nanoTime() - end > 0 || exchange.isHopeless()) {
          throw notYet;
        }
      }
    }
  }
}
