package io.platform.slug.archive;

import io.platform.commons.digest.Sha256Digests;
import io.platform.slug.Blob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts the bytes that are read and computes their SHA-256. */
public final class HashingInputStream extends FilterInputStream {
  private final MessageDigest digest = Sha256Digests.start();
  private long size;

  public HashingInputStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      digest.update(bytes, offset, count);
      size += count;
    }
    return count;
  }

  /** Skipped bytes count as well, so they are read. */
  @Override
  public long skip(long count) throws IOException {
    byte[] scratch = new byte[(int) Math.min(8192, Math.max(1, count))];
    int skipped = read(scratch, 0, (int) Math.min(scratch.length, Math.max(0, count)));
    return Math.max(0, skipped);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads up to the end and tells what all of it was; to be asked once. */
  public Blob drain() throws IOException {
    byte[] scratch = new byte[8192];
    int count;
    do {
      count = read(scratch, 0, scratch.length);
    } while (count >= 0);
    return new Blob(size, Sha256Digests.hex(digest));
  }
}
