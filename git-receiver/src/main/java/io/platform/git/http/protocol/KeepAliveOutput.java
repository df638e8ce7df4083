package io.platform.git.http.protocol;

import io.platform.git.push.PushClient;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The response to a push. After each five seconds of silence it sends an empty side-band packet, as
 * C git does: proxies keep the connection, and a client that has left is noticed. JGit swallows the
 * errors of messages; this remembers them. Nothing but a write waits for a client that does not
 * read.
 */
public final class KeepAliveOutput extends OutputStream {
  private static final byte[] NOTHING = {'0', '0', '0', '5', 1};
  private static final long SILENCE = Duration.ofSeconds(5).toNanos();

  private final OutputStream out;

  /** Held while something is written: two packets never mix. */
  private final ReentrantLock writing = new ReentrantLock();

  private volatile long last = System.nanoTime();
  private volatile boolean answered;
  private volatile @Nullable IOException left;

  public KeepAliveOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    send(() -> {
      answered = true;
      out.write(bytes, offset, length);
      last = System.nanoTime();
    });
  }

  @Override
  public void flush() throws IOException {
    send(out::flush);
  }

  private interface Sending {
    void run() throws IOException;
  }

  private void send(Sending sending) throws IOException {
    writing.lock();
    try {
      check();
      sending.run();
    } catch (IOException e) {
      left = e;
      throw e;
    } finally {
      writing.unlock();
    }
  }

  /** Whether anything of an answer was written. */
  public boolean isAnswered() {
    return answered;
  }

  /** As {@link PushClient#check}; never waits. */
  public void check() throws IOException {
    IOException before = left;
    if (before != null) {
      throw new IOException("the client has left", before);
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
    private final CountDownLatch closed = new CountDownLatch(1);

    private KeepAlive(BooleanSupplier uploading) {
      this.uploading = uploading;
    }

    @Override
    public void run() {
      try {
        long wait = SILENCE;
        while (!closed.await(wait, TimeUnit.NANOSECONDS)) {
          wait = breakSilence();
        }
      } catch (IOException e) {
        left = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /**
     * Returns after how many nanoseconds to look again. Where somebody writes, nobody is silent.
     */
    private long breakSilence() throws IOException {
      if (!writing.tryLock()) {
        return SILENCE;
      }
      try {
        long silent = System.nanoTime() - last;
        if (silent < SILENCE) {
          return SILENCE - silent;
        }
        if (closed.getCount() > 0 && !uploading.getAsBoolean()) {
          write(NOTHING, 0, NOTHING.length);
          flush();
        }
        return SILENCE;
      } finally {
        writing.unlock();
      }
    }

    /** Waits for the packet that is being written: the response may end afterwards. */
    @Override
    public void close() {
      writing.lock();
      try {
        closed.countDown();
      } finally {
        writing.unlock();
      }
    }
  }
}
