package io.platform.slug.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The build's log on disk, so that it can wait for a platform that does not answer. Where the disk
 * is full, what follows is kept in memory up to a limit: the line that says that the disk is full
 * must still get through.
 */
final class LogSpool implements AutoCloseable {
  private static final int MOST_IN_MEMORY = 1 << 20;

  private final FileChannel file;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private long onDisk;
  private boolean diskFailed;
  private boolean closed;

  LogSpool(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Adds whole lines. */
  synchronized void append(byte[] lines) {
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
