package io.platform.slug.build.log;

import io.platform.commons.console.LineFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The build's log on disk, so that it can wait for a platform that does not answer. Where the disk
 * is full, what follows is kept in memory up to a limit: the line that says that the disk is full
 * must still get through. A build that writes without end does not fill the disk with its log.
 */
public final class LogSpool implements AutoCloseable {
  private static final int MOST_IN_MEMORY = 1 << 20;

  /** More than the platform keeps of a log unless it is told otherwise. */
  private static final long MOST = 128L << 20;

  private final long most;

  private final FileChannel file;
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
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Adds whole lines; what exceeds the limit is left out. */
  synchronized void append(byte[] lines) {
    if (full) {
      return;
    }
    full = size() + lines.length > most;
    add(full ? lastLine() : lines);
  }

  private byte[] lastLine() {
    String line =
        LineFormat.body(
            "The log is longer than %d MB: what follows is not kept\n".formatted(most >> 20));
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private void add(byte[] lines) {
    if (!diskFailed) {
      try {
        ByteBuffer buffer = ByteBuffer.wrap(lines);
        long at = onDisk;
        while (buffer.hasRemaining()) {
          at += file.write(buffer, at);
        }
        onDisk = at;
      } catch (IOException full) {
        diskFailed = true;
      }
    }
    if (diskFailed && memory.size() + lines.length <= MOST_IN_MEMORY) {
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

  /** Fills {@code buffer} with whole lines from {@code offset} on; how many bytes it took. */
  synchronized int read(long offset, byte[] buffer) throws IOException {
    int count;
    if (offset < onDisk) {
      count = file.read(ByteBuffer.wrap(buffer), offset);
      count = (int) Math.min(count, onDisk - offset);
    } else {
      byte[] kept = memory.toByteArray();
      int from = Math.toIntExact(offset - onDisk);
      count = Math.min(buffer.length, kept.length - from);
      System.arraycopy(kept, from, buffer, 0, count);
    }
    int end = count;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** No more lines will come. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
