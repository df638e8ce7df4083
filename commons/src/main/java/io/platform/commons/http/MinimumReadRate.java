package io.platform.commons.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A response that the client must read at a minimum rate, because an unread response holds a
 * connection and often a thread. Only the time that writes wait for the client counts.
 */
public final class MinimumReadRate extends FilterOutputStream {
  private final int bytesPerSecond;
  private final long grace;
  private long bytes;
  private long nanos;

  /** The client reads too slowly; the rest of the answer is not sent. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;

    private TooSlow(int bytesPerSecond) {
      super("the client reads less than %d bytes/s".formatted(bytesPerSecond));
    }
  }

  /**
   * Writes at this rate.
   *
   * @param bytesPerSecond averaged over all time that writes have waited
   * @param grace how long they may have waited until that is looked at
   */
  public MinimumReadRate(OutputStream out, int bytesPerSecond, Duration grace) {
    super(out);
    this.bytesPerSecond = bytesPerSecond;
    this.grace = grace.toNanos();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    long begun = System.nanoTime();
    out.write(data, offset, length);
    count(begun, length);
  }

  @Override
  public void flush() throws IOException {
    long begun = System.nanoTime();
    out.flush();
    count(begun, 0);
  }

  private void count(long begun, int length) throws IOException {
    nanos += System.nanoTime() - begun;
    bytes += length;
    if (nanos > grace && bytes < nanos / 1e9 * bytesPerSecond) {
      throw new TooSlow(bytesPerSecond);
    }
  }
}
