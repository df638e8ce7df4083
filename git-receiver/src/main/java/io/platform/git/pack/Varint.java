package io.platform.git.pack;

import java.io.IOException;

/** The sizes at the begin of a delta: 7 bits a byte, the lowest first (gitformat-pack). */
final class Varint {
  /** So many bytes have any size below 2^63. */
  private static final int MOST_SHIFT = 56;

  private Varint() {}

  /** Takes the bytes of a number. */
  interface Bytes {
    int next() throws IOException;
  }

  static long read(Bytes bytes) throws IOException {
    return readOn(0, 0, bytes);
  }

  /** Goes on with a number whose lowest bits are known; another byte follows. */
  static long readOn(long known, int shift, Bytes bytes) throws IOException {
    long value = known;
    for (int at = shift; ; at += 7) {
      if (at > MOST_SHIFT) {
        throw PackRefused.malformed("holds a size that is no number");
      }
      int next = bytes.next();
      value |= (long) (next & 0x7f) << at;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
  }
}
