package io.platform.git.pack;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.Constants;

/** The pack in its file, after it was read once: inflates its entries again. */
final class SpooledPack implements Closeable {
  private static final int BUFFER = 16 * 1024;
  private static final int PIECE = 4 * 1024;

  private final RandomAccessFile file;
  private final ReceiveWatch watch;
  private final Inflater inflater = new Inflater();
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int end;

  SpooledPack(RandomAccessFile file, ReceiveWatch watch) {
    this.file = file;
    this.watch = watch;
  }

  /** Inflates an object that is whole in the pack. */
  byte[] whole(long offset) throws IOException {
    EntryHeader header = seek(offset);
    byte[] content = new byte[Math.toIntExact(header.size())];
    try (InputStream in = inflated()) {
      if (in.readNBytes(content, 0, content.length) < content.length) {
        throw new IOException("the pack changed after it was read");
      }
    }
    return content;
  }

  /**
   * Makes an object of a delta and its base.
   *
   * @param most the largest result that memory is reserved for
   */
  byte[] delta(long offset, byte[] base, int most) throws IOException {
    EntryHeader header = seek(offset);
    for (int i = 0;
        header.type() == Constants.OBJ_REF_DELTA && i < Constants.OBJECT_ID_LENGTH;
        i++) {
      read();
    }
    try (InputStream in = new BufferedInputStream(inflated(), PIECE)) {
      return new DeltaReader(in).apply(base, most);
    }
  }

  private EntryHeader seek(long offset) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while a pack is unpacked");
    }
    watch.check();
    file.seek(offset);
    next = 0;
    end = 0;
    return EntryHeader.read(this::read);
  }

  private int read() throws IOException {
    if (next == end) {
      fill();
    }
    return buffer[next++] & 0xff;
  }

  private void fill() throws IOException {
    next = 0;
    end = file.read(buffer, 0, BUFFER);
    if (end < 0) {
      throw new IOException("the pack became shorter after it was read");
    }
  }

  private InputStream inflated() {
    inflater.reset();
    return new InflaterInputStream(new Rest(), inflater, PIECE);
  }

  /** The compressed data from where the header ended. */
  private final class Rest extends InputStream {
    @Override
    public int read() throws IOException {
      return SpooledPack.this.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (next == end) {
        fill();
      }
      int count = Math.min(length, end - next);
      System.arraycopy(buffer, next, bytes, offset, count);
      next += count;
      return count;
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
