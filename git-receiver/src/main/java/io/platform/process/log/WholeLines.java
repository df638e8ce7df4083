package io.platform.process.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Walks over the lines of one file of a log that have their end, in pieces of bounded size. */
final class WholeLines {
  /** More than a line can have, see {@link StoredLine}. */
  private static final int PIECE = 128 << 10;

  /** What is done with a line. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A line.
     *
     * @param length with its line feed
     * @return whether to go on
     */
    boolean line(byte[] bytes, int from, int length) throws IOException;
  }

  private WholeLines() {}

  /** Forward from a place in the file. Returns false where the visitor wanted no more. */
  static boolean forward(Path file, long from, Visitor visitor) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return forward(channel, from, Long.MAX_VALUE, piece(), visitor);
    }
  }

  /** What {@link #forward} reads into. */
  static byte[] piece() {
    return new byte[PIECE];
  }

  /** Forward from one place in the file to another. */
  static boolean forward(FileChannel channel, long from, long to, byte[] bytes, Visitor visitor)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long at = from;
    while (true) {
      buffer.clear().limit((int) Math.min(PIECE, to - at));
      int size = fill(channel, buffer, at);
      int begin = 0;
      for (int i = 0; i < size; i++) {
        if (bytes[i] == '\n') {
          if (!visitor.line(bytes, begin, i + 1 - begin)) {
            return false;
          }
          begin = i + 1;
        }
      }
      if (begin == 0 && size < PIECE) {
        return true;
      }
      // A piece without any line's end is nothing that was written here: it is passed over.
      at += begin == 0 ? size : begin;
    }
  }

  /**
   * Backward from the last line that has its end before a place in the file.
   *
   * @return false where the visitor wanted no more
   */
  static boolean backward(FileChannel channel, long from, Visitor visitor) throws IOException {
    long at = from;
    byte[] rest = {};
    boolean ended = false;
    while (at > 0) {
      int size = (int) Math.min(PIECE, at);
      at -= size;
      ByteBuffer buffer = ByteBuffer.allocate(size + rest.length);
      buffer.limit(size);
      fill(channel, buffer, at);
      byte[] bytes = buffer.array();
      System.arraycopy(rest, 0, bytes, size, rest.length);
      int end = bytes.length;
      for (int i = end - 1; i >= 0; i--) {
        if (bytes[i] == '\n') {
          if (ended && i + 1 < end && !visitor.line(bytes, i + 1, end - i - 1)) {
            return false;
          }
          ended = true;
          end = i + 1;
        }
      }
      rest = Arrays.copyOf(bytes, end);
    }
    return !ended || rest.length == 0 || visitor.line(rest, 0, rest.length);
  }

  private static int fill(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
    int read = 0;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at + read);
      if (count < 0) {
        break;
      }
      read += count;
    }
    return read;
  }
}
