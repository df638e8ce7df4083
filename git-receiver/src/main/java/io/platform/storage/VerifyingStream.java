package io.platform.storage;

import java.io.IOException;
import java.io.InputStream;

/** A whole object; its end is an exception where the content is not what was stored. */
public final class VerifyingStream extends InputStream {
  private final InputStream in;
  private final ContentDigest digest;
  private final FailedOperation failure;
  private boolean ended;
  private boolean damaged;

  public VerifyingStream(InputStream in, ContentDigest digest, FailedOperation failure) {
    this.in = in;
    this.digest = digest;
    this.failure = failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    if (n > 0) {
      digest.update(bytes, offset, n);
    } else if (n < 0) {
      if (!ended) {
        ended = true;
        damaged = !digest.matches();
      }
      if (damaged) {
        throw failure.because(
            StoreError.of(
                StoreError.Kind.DAMAGED,
                "its content does not have the SHA-256 it was stored with"));
      }
    }
    return n;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
