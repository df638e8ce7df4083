package io.platform.commons.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A request body that the client must send at a minimum rate, because an unfinished request holds a
 * connection and a thread. Only the time that reads wait for the client counts.
 */
public final class MinimumSendRate extends FilterInputStream {
  private final int bytesPerSecond;
  private final long window;
  private long nanos;
  private long bytes;

  /**
   * Reads at this rate.
   *
   * @param bytesPerSecond averaged over the window
   * @param window of waiting for the client
   */
  public MinimumSendRate(InputStream in, int bytesPerSecond, Duration window) {
    super(in);
    this.bytesPerSecond = bytesPerSecond;
    this.window = window.toNanos();
  }

  /** The client sends more slowly than it may. */
  public static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlow(int bytesPerSecond) {
      super("the upload brings less than %d bytes/s".formatted(bytesPerSecond));
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    long begin = System.nanoTime();
    int n = in.read(into, offset, length);
    count(System.nanoTime() - begin, n);
    return n;
  }

  private void count(long waited, int came) throws TooSlow {
    nanos += waited;
    bytes += Math.max(0, came);
    if (came >= 0 && nanos > window) {
      if (bytes < window / 1e9 * bytesPerSecond) {
        throw new TooSlow(bytesPerSecond);
      }
      nanos = 0;
      bytes = 0;
    }
  }
}
