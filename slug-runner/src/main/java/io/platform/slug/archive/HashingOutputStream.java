package io.platform.slug.archive;

import io.platform.commons.digest.Sha256Digests;
import io.platform.slug.Blob;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts the bytes that are written and computes their SHA-256. */
public final class HashingOutputStream extends FilterOutputStream {
  private final MessageDigest digest = Sha256Digests.start();
  private final long limit;
  private long size;

  /** Refuses to go beyond {@code limit} bytes with a {@link TooLargeException}. */
  public HashingOutputStream(OutputStream out, long limit) {
    super(out);
    this.limit = limit;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (size + length > limit) {
      throw new TooLargeException(limit);
    }
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    size += length;
  }

  /** What was written, to be asked once, when all is. */
  public Blob blob() {
    return new Blob(size, Sha256Digests.hex(digest));
  }
}
