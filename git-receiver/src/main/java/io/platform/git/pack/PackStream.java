package io.platform.git.pack;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The stream of a pack: writes what is read to a file and computes its digest. Its memory is two
 * buffers, whatever comes.
 */
final class PackStream implements Closeable {
  private static final int BUFFER = 64 * 1024;
  static final int DIGEST = 20;

  private final InputStream in;
  private final OutputStream copy;
  private final long limit;
  private final MessageDigest digest = Constants.newMessageDigest();
  private final CRC32 crc = new CRC32();
  private final Inflater inflater = new Inflater();
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] inflated = new byte[BUFFER];
  private long before;
  private int next;
  private int end;

  /**
   * Reads a pack.
   *
   * @param copy gets all but the digest at the end
   * @param limit most bytes that are read
   */
  PackStream(InputStream in, OutputStream copy, long limit) {
    this.in = in;
    this.copy = copy;
    this.limit = limit;
  }

  /** Takes what is inflated. */
  interface Sink {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }

  /** How many bytes were consumed. */
  long position() {
    return before + next;
  }

  /** Begins the checksum of an entry. */
  void begin() {
    crc.reset();
  }

  /** The CRC-32 of all that was consumed since {@link #begin}. */
  int checksum() {
    return (int) crc.getValue();
  }

  int read() throws IOException {
    need(1);
    int value = buffer[next] & 0xff;
    consume(1);
    return value;
  }

  void read(byte[] bytes, int offset, int length) throws IOException {
    need(length);
    System.arraycopy(buffer, next, bytes, offset, length);
    consume(length);
  }

  /** Inflates one zlib stream, which must give exactly so many bytes. */
  void inflate(long size, Sink sink) throws IOException {
    inflater.reset();
    long seen = 0;
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          need(1);
          inflater.setInput(buffer, next, end - next);
        }
        int available = inflater.getRemaining();
        int got = inflater.inflate(inflated);
        consume(available - inflater.getRemaining());
        seen += got;
        if (seen > size || inflater.needsDictionary()) {
          throw PackRefused.malformed("holds an object that is larger than it says");
        }
        sink.write(inflated, 0, got);
      }
    } catch (DataFormatException e) {
      throw PackRefused.malformed("holds an object whose compressed data is damaged");
    }
    if (seen != size) {
      throw PackRefused.malformed("holds an object that is smaller than it says");
    }
  }

  /** Reads the digest at the end, which nothing may follow; returns it. */
  ObjectId finish() throws IOException {
    flush();
    byte[] expected = digest.digest();
    byte[] sent = new byte[DIGEST];
    need(DIGEST);
    System.arraycopy(buffer, next, sent, 0, DIGEST);
    next += DIGEST;
    if (!Arrays.equals(expected, sent)) {
      throw PackRefused.malformed("was damaged on its way: its checksum is another");
    }
    if (next < end || in.read() >= 0) {
      throw PackRefused.malformed("is followed by data that does not belong to it");
    }
    return ObjectId.fromRaw(sent);
  }

  private void consume(int count) {
    crc.update(buffer, next, count);
    next += count;
  }

  private void need(int count) throws IOException {
    if (end - next >= count) {
      return;
    }
    flush();
    while (end < count) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while a pack is received");
      }
      int got = in.read(buffer, end, buffer.length - end);
      if (got < 0) {
        throw new EOFException("the pack is truncated");
      }
      end += got;
      if (before + end > limit) {
        throw new TooLargePackException(limit);
      }
    }
  }

  /** Hands on what was consumed, and moves the rest to the buffer's begin. */
  private void flush() throws IOException {
    digest.update(buffer, 0, next);
    copy.write(buffer, 0, next);
    System.arraycopy(buffer, next, buffer, 0, end - next);
    before += next;
    end -= next;
    next = 0;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
