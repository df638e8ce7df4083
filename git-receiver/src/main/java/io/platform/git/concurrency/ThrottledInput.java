package io.platform.git.concurrency;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Returns the turn to unpack while the client sends nothing, so that a slow upload does not block
 * others. Knows when that is, so that nothing else keeps the connection of a stalled upload alive.
 */
public final class ThrottledInput extends FilterInputStream {
  private final ReceiveLimiter limiter;
  private boolean inside;
  private volatile boolean waiting;

  /** Who waited once for a client that sends nothing does not wait again. */
  private @Nullable IOException broken;

  public ThrottledInput(InputStream in, ReceiveLimiter limiter) {
    super(in);
    this.limiter = limiter;
  }

  public void enter(Runnable waiting) throws InterruptedIOException {
    try {
      limiter.enter(waiting);
      inside = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a turn");
    }
  }

  public void leave() {
    if (inside) {
      inside = false;
      limiter.leave();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (broken != null) {
      throw new IOException("the upload is broken", broken);
    }
    if (in.available() > 0) {
      return in.read(bytes, offset, length);
    }
    boolean again = inside;
    leave();
    waiting = true;
    try {
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      broken = e;
      throw e;
    } finally {
      waiting = false;
      if (again) {
        enter(() -> {});
      }
    }
  }

  /** Whether it is the client's turn to send. */
  public boolean isWaiting() {
    return waiting;
  }
}
