package io.platform.slug.build.log;

import io.platform.commons.console.LineFormat;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Stores the build's log on disk while the platform does not answer. Where the disk is full, what
 * follows is kept in memory up to a limit: the line that says that the disk is full must still get
 * through. A build that writes without end does not fill the disk with its log.
 *
 * <p>What is counted has a lock that is never held while the disk works: whoever reads does not
 * wait for a write, and the other way round.
 */
public final class LogSpool implements AutoCloseable {
  private static final int MOST_IN_MEMORY = 1 << 20;

  /** More than the platform keeps of a log unless it is told otherwise. */
  private static final long MOST = 128L << 20;

  private final long most;

  /** Streams, as an interrupt of the thread that builds would close a channel. */
  private final OutputStream written;

  private final RandomAccessFile file;

  /** Of those who append, one after the other. */
  private final Object appending = new Object();

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private long onDisk;
  private boolean diskFailed;
  private boolean full;
  private boolean closed;

  public LogSpool(Path path) throws IOException {
    this(path, MOST);
  }

  /** Takes {@code most} bytes, and a line that says so. */
  LogSpool(Path path, long most) throws IOException {
    this.most = most;
    written = new FileOutputStream(path.toFile());
    file = new RandomAccessFile(path.toFile(), "r");
  }

  /** Adds whole lines; what exceeds the limit is left out. */
  void append(byte[] lines) {
    synchronized (appending) {
      if (full) {
        return;
      }
      full = size() + lines.length > most;
      add(full ? lastLine() : lines);
    }
  }

  private byte[] lastLine() {
    String line =
        LineFormat.body(
            "The log is longer than %d MB: what follows is not kept\n".formatted(most >> 20));
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private void add(byte[] lines) {
    if (!diskFailed && write(lines)) {
      added(lines.length);
    } else {
      diskFailed = true;
      keepInMemory(lines);
    }
  }

  /** False where the disk is full. Nobody reads it before it is counted. */
  private boolean write(byte[] lines) {
    try {
      written.write(lines);
      return true;
    } catch (IOException diskIsFull) {
      return false;
    }
  }

  private synchronized void added(int bytes) {
    onDisk += bytes;
    notifyAll();
  }

  private synchronized void keepInMemory(byte[] lines) {
    if (memory.size() + lines.length <= MOST_IN_MEMORY) {
      memory.writeBytes(lines);
    }
    notifyAll();
  }

  synchronized long size() {
    return onDisk + memory.size();
  }

  /** Waits until there is something at {@code offset}; false if there will be nothing any more. */
  synchronized boolean awaitBeyond(long offset) throws InterruptedException {
    while (size() <= offset && !closed) {
      wait();
    }
    return size() > offset;
  }

  /**
   * Fills {@code buffer} with whole lines from {@code offset} on; how many bytes it took. For one
   * reader.
   */
  int read(long offset, byte[] buffer) throws IOException {
    long left = onDisk() - offset;
    int count = left > 0 ? readDisk(offset, left, buffer) : readMemory(offset, buffer);
    int end = count;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private int readDisk(long offset, long left, byte[] buffer) throws IOException {
    file.seek(offset);
    return file.read(buffer, 0, (int) Math.min(buffer.length, left));
  }

  private synchronized long onDisk() {
    return onDisk;
  }

  private synchronized int readMemory(long offset, byte[] buffer) {
    byte[] kept = memory.toByteArray();
    int from = Math.toIntExact(offset - onDisk);
    int count = Math.min(buffer.length, kept.length - from);
    System.arraycopy(kept, from, buffer, 0, count);
    return count;
  }

  /** No more lines will come. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
