package io.platform.kubernetes.oneoff;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/**
 * What came on one channel. For one reader; reading blocks until something comes, or the end. Small
 * messages are kept together: alone, each takes much more memory than its bytes.
 */
final class ChannelInput extends InputStream {
  private static final int CHUNK = 8 << 10;

  private final IntConsumer consumed;

  /** Each is read from its position to its limit, and takes more behind that. */
  private final Deque<ByteBuffer> chunks = new ArrayDeque<>();

  private boolean ended;

  /**
   * Empty yet.
   *
   * @param consumed told how many bytes were read, or will not be
   */
  ChannelInput(IntConsumer consumed) {
    this.consumed = consumed;
  }

  /** Adds what came. */
  void add(ByteBuffer data) {
    int dropped;
    synchronized (this) {
      dropped = ended ? data.remaining() : 0;
      if (!ended && data.hasRemaining()) {
        append(data);
        notifyAll();
      }
    }
    if (dropped > 0) {
      consumed.accept(dropped);
    }
  }

  private void append(ByteBuffer data) {
    while (data.hasRemaining()) {
      ByteBuffer last = chunks.peekLast();
      if (last == null || last.limit() == last.capacity()) {
        last = ByteBuffer.allocate(Math.max(CHUNK, data.remaining())).limit(0);
        chunks.add(last);
      }
      int end = last.limit();
      int count = Math.min(data.remaining(), last.capacity() - end);
      last.limit(end + count).put(end, data, data.position(), count);
      data.position(data.position() + count);
    }
  }

  /** Nothing comes any more; what there is can still be read. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count;
    synchronized (this) {
      awaitChunk();
      ByteBuffer first = chunks.peek();
      if (first == null) {
        return -1;
      }
      count = Math.min(length, first.remaining());
      first.get(into, offset, count);
      if (!first.hasRemaining()) {
        chunks.remove();
      }
    }
    consumed.accept(count);
    return count;
  }

  private void awaitChunk() throws InterruptedIOException {
    try {
      while (chunks.isEmpty() && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading from a pod");
    }
  }

  @Override
  public void close() {
    int dropped;
    synchronized (this) {
      ended = true;
      dropped = chunks.stream().mapToInt(ByteBuffer::remaining).sum();
      chunks.clear();
      notifyAll();
    }
    consumed.accept(dropped);
  }
}
