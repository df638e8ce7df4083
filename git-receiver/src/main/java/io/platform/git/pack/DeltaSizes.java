package io.platform.git.pack;

import java.io.IOException;

/** Reads the sizes of base and result from the first bytes of an inflated delta. */
final class DeltaSizes implements PackStream.Sink {
  private static final int MOST = 20;

  private final byte[] first = new byte[MOST];
  private int length;
  private int at;
  private long base = -1;
  private long result = -1;

  @Override
  public void write(byte[] bytes, int offset, int count) {
    int taken = Math.min(count, MOST - length);
    System.arraycopy(bytes, offset, first, length, taken);
    length += taken;
  }

  long base() throws IOException {
    parse();
    return base;
  }

  long result() throws IOException {
    parse();
    return result;
  }

  private void parse() throws IOException {
    if (result < 0) {
      at = 0;
      base = Varint.read(this::next);
      result = Varint.read(this::next);
    }
  }

  private int next() throws PackRefused {
    if (at == length) {
      throw PackRefused.malformed("holds a delta without sizes");
    }
    return first[at++] & 0xff;
  }
}
