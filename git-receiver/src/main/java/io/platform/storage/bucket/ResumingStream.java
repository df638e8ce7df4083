package io.platform.storage.bucket;

import io.platform.storage.FailedOperation;
import io.platform.storage.StoreError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * So many bytes of an object. Where the connection breaks or stalls the rest is asked for again,
 * several times without progress at most, and not for longer than a store may be silent.
 */
final class ResumingStream extends InputStream {
  /** What counts as progress, so that a store that always breaks does not go on for ever. */
  private static final long PROGRESS = 4L * 1024 * 1024;

  private final Opener opener;
  private final FailedOperation failure;
  private final RequestBackoff pauses;
  private final long silence;
  private InputStream in;
  private long position;
  private long left;
  private int failures;
  private long waited; // nanoseconds since a byte came; the reader's own time does not count
  private long failedAt;

  /** Opens so many bytes from an offset on. */
  @FunctionalInterface
  interface Opener {
    InputStream open(long from, long length) throws IOException;
  }

  ResumingStream(
      InputStream first,
      long from,
      long length,
      Opener opener,
      FailedOperation failure,
      RequestLimits limits) {
    this.in = first;
    this.position = from;
    this.failedAt = from;
    this.left = length;
    this.opener = opener;
    this.failure = failure;
    this.pauses = new RequestBackoff(limits);
    this.silence = limits.silence().toNanos();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left > 0) {
      int n = readOrResume(bytes, offset, (int) Math.min(length, left));
      if (n > 0) {
        position += n;
        left -= n;
        return n;
      }
    }
    return -1;
  }

  private int readOrResume(byte[] bytes, int offset, int length) throws IOException {
    long begun = System.nanoTime();
    IOException broken;
    try {
      int n = in.read(bytes, offset, length);
      if (n >= 0) {
        waited = 0;
        return n;
      }
      broken = new IOException("the store sent %d bytes too few".formatted(left));
    } catch (IOException e) {
      broken = e;
    }
    resume(broken, begun);
    waited += System.nanoTime() - begun;
    return 0;
  }

  private void resume(IOException broken, long begun) throws IOException {
    closeQuietly();
    failures = position - failedAt >= PROGRESS ? 1 : failures + 1;
    failedAt = position;
    if (!pauses.another(failures) || waited + System.nanoTime() - begun > silence) {
      IOException failed = failure.because(StoreError.broken(broken));
      failed.addSuppressed(broken);
      throw failed;
    }
    try {
      pauses.before(failures);
      in = opener.open(position, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an object was read");
    }
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, in.available());
  }

  private void closeQuietly() {
    try {
      in.close();
    } catch (IOException alreadyBroken) {
      // it is replaced
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
