package io.platform.git.http.protocol;

import io.platform.git.push.PushClient;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The response to a push. After each five seconds of silence it sends an empty side-band packet, as
 * C git does: proxies keep the connection, and a client that has left is noticed. JGit swallows the
 * errors of messages; this remembers them.
 */
public final class KeepAliveOutput extends OutputStream {
  private static final byte[] NOTHING = {'0', '0', '0', '5', 1};
  private static final long SILENCE = Duration.ofSeconds(5).toNanos();

  private final OutputStream out;
  private long last = System.nanoTime();
  private boolean answered;
  private @Nullable IOException left;

  public KeepAliveOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      check();
      answered = true;
      out.write(bytes, offset, length);
      last = System.nanoTime();
    } catch (IOException e) {
      left = e;
      throw e;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    try {
      check();
      out.flush();
    } catch (IOException e) {
      left = e;
      throw e;
    }
  }

  /** Whether anything of an answer was written. */
  public synchronized boolean isAnswered() {
    return answered;
  }

  /** As {@link PushClient#check}. */
  public synchronized void check() throws IOException {
    if (left != null) {
      throw new IOException("the client has left", left);
    }
  }

  /**
   * Breaks silences until it is closed. Each packet must come in one write while it is open.
   *
   * @param uploading whether the silence is the client's, whose stalled upload has to time out
   */
  public KeepAlive keepAlive(boolean sideBand, BooleanSupplier uploading) {
    KeepAlive alive = new KeepAlive(uploading);
    if (sideBand) {
      Thread.ofVirtual().name("push-keep-alive").start(alive);
    }
    return alive;
  }

  /** Ends by a flag: an interrupt would break a write. */
  public final class KeepAlive implements Runnable, AutoCloseable {
    private final BooleanSupplier uploading;
    private boolean closed;

    private KeepAlive(BooleanSupplier uploading) {
      this.uploading = uploading;
    }

    @Override
    public void run() {
      synchronized (KeepAliveOutput.this) {
        try {
          while (!closed) {
            long silent = System.nanoTime() - last;
            if (silent >= SILENCE) {
              if (!uploading.getAsBoolean()) {
                write(NOTHING, 0, NOTHING.length);
                flush();
              }
              silent = 0;
            }
            TimeUnit.NANOSECONDS.timedWait(KeepAliveOutput.this, SILENCE - silent);
          }
        } catch (IOException e) {
          left = e;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void close() {
      synchronized (KeepAliveOutput.this) {
        closed = true;
        KeepAliveOutput.this.notifyAll();
      }
    }
  }
}
