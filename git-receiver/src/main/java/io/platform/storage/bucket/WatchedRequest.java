package io.platform.storage.bucket;

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
 * One request with all its attempts, and the time of its last progress: a byte sent, an answer
 * received. How far it has come says nothing: each attempt fills the buffers of a connection whose
 * other end may never read, by as much as they happen to hold.
 */
public final class WatchedRequest {
  private static final long AGAIN_MILLIS = 500;

  private final long stall;
  private @Nullable Runnable disconnect;
  private @Nullable Thread disconnecting;
  private boolean ended;
  private boolean sending;
  private boolean answering;
  private boolean disconnected;
  private int stalls;
  private long lastSign = System.nanoTime();

  /** A request whose attempts may go on without a sign for so long. */
  WatchedRequest(Duration stall) {
    this.stall = stall.toNanos();
  }

  /** Begins an attempt, on a connection of its own. */
  public synchronized void attempt(Runnable ending) throws InterruptedIOException {
    if (ended) {
      throw new InterruptedIOException("the request was given up");
    }
    if (disconnect != null && isSilent()) {
      stalls++;
    }
    disconnect = ending;
    disconnecting = null;
    sending = false;
    answering = false;
    disconnected = false;
    lastSign = System.nanoTime();
  }

  /** Bytes were taken, and more follow. */
  public synchronized void sent() {
    sending = true;
    lastSign = System.nanoTime();
  }

  /** Nothing follows: the client's limit for answers holds. */
  public synchronized void sentAll() {
    sending = false;
  }

  /** An answer has begun to come: the client's limit for reading holds. */
  public synchronized void answered() {
    sending = false;
    answering = true;
    stalls = 0;
  }

  private boolean isSilent() {
    return !answering && System.nanoTime() - lastSign >= stall;
  }

  /** Ends an attempt of which there was no sign for too long; true where it was not the first. */
  synchronized boolean hasStalledAgain() {
    if (!isSilent()) {
      return false;
    }
    if (stalls > 0) {
      return true;
    }
    if (sending && !disconnected) {
      disconnected = true;
      disconnect();
    }
    return false;
  }

  /** What an attempt's failure was: it sees no more than that its connection was closed. */
  public synchronized IOException failed(IOException failure) {
    if (!disconnected) {
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

  /**
   * Not here: to close a connection may wait for the write that nobody takes, and who reports
   * progress, or looks for it, would wait, too.
   */
  private void disconnect() {
    if (disconnect != null && (disconnecting == null || !disconnecting.isAlive())) {
      disconnecting = Thread.ofVirtual().name("store-disconnect").start(disconnect);
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
