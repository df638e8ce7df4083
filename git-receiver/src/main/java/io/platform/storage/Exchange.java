package io.platform.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request with all attempts at it: how far it has come, and when it last went on. What an
 * attempt sends that an earlier one had sent before it is no progress: it may fill the buffers of a
 * connection whose other end never reads.
 */
final class Exchange {
  private static final long AGAIN_MILLIS = 500;

  private @Nullable Runnable disconnect;
  private boolean ended;
  private boolean sending;
  private boolean stalled;
  private boolean answering;
  private long sent;
  private long farthest;
  private long movedAt = System.nanoTime();
  private long wentOnAt = movedAt;

  /** Begins an attempt, on a connection of its own. */
  synchronized void attempt(Runnable ending) throws InterruptedIOException {
    if (ended) {
      throw new InterruptedIOException("the request was given up");
    }
    disconnect = ending;
    sending = false;
    stalled = false;
    answering = false;
    sent = 0;
  }

  /** So many bytes are sent, and more follow. */
  synchronized void sent(int bytes) {
    movedAt = System.nanoTime();
    sending = true;
    sent += bytes;
    if (sent > farthest) {
      farthest = sent;
      wentOnAt = movedAt;
    }
  }

  /** Nothing follows: the client's limit for answers holds. */
  synchronized void sentAll() {
    sending = false;
  }

  /** An answer has begun to come: the client's limit for reading holds. */
  synchronized void answered() {
    sending = false;
    answering = true;
    farthest = 0;
    wentOnAt = System.nanoTime();
  }

  synchronized boolean silentFor(Duration time) {
    return !answering && System.nanoTime() - wentOnAt > time.toNanos();
  }

  /** The client may try again. */
  synchronized void endStalledAttempt(Duration stall) {
    if (sending && !stalled && System.nanoTime() - movedAt > stall.toNanos()) {
      stalled = true;
      disconnect();
    }
  }

  /** What an attempt's failure was: it sees no more than that its connection was closed. */
  synchronized IOException failed(IOException failure) {
    if (!stalled) {
      return failure;
    }
    IOException timeout = new SocketTimeoutException("nobody takes what is sent");
    timeout.initCause(failure);
    return timeout;
  }

  private synchronized void giveUp() {
    ended = true;
    disconnect();
  }

  private void disconnect() {
    if (disconnect != null) {
      disconnect.run();
    }
  }

  /** Ends it. Again and again: what is not yet connected cannot be disconnected. */
  void end(FutureTask<?> answer) {
    while (!answer.isDone()) {
      giveUp();
      try {
        answer.get(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // it tries to connect, or rests before it does
      } catch (ExecutionException e) {
        return; // as it should
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
