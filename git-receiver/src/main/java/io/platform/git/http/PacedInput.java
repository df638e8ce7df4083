package io.platform.git.http;

import io.platform.git.push.PushDeadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * An upload that has to come in time: it ends at the push's deadline, and where it brings too
 * little for the time that the server waits for it. What the server takes itself does not count.
 */
final class PacedInput extends FilterInputStream {
  private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);

  private final PushDeadline deadline;
  private final long leastBytes;
  private long waited;
  private long came;

  /**
   * Reads under these limits.
   *
   * @param bytesPerSecond averaged over a minute
   */
  PacedInput(InputStream in, PushDeadline deadline, int bytesPerSecond) {
    super(in);
    this.deadline = deadline;
    this.leastBytes = bytesPerSecond * TimeUnit.NANOSECONDS.toSeconds(WINDOW);
  }

  /** The upload was slower than it may be. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("the upload is too slow");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    deadline.check();
    long begin = System.nanoTime();
    int n = in.read(bytes, offset, length);
    count(System.nanoTime() - begin, n);
    return n;
  }

  private void count(long nanos, int bytes) throws TooSlow {
    waited += nanos;
    came += Math.max(0, bytes);
    if (bytes >= 0 && waited > WINDOW) {
      if (came < leastBytes) {
        throw new TooSlow();
      }
      waited = 0;
      came = 0;
    }
  }
}
