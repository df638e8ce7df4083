package io.platform.git.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Applies a delta (gitformat-pack, "Deltified representation") as its instructions are inflated.
 */
final class DeltaReader {
  private final InputStream in;

  DeltaReader(InputStream in) {
    this.in = in;
  }

  /**
   * The object that the delta makes of its base.
   *
   * @param most the largest result that memory is reserved for
   */
  byte[] apply(byte[] base, int most) throws IOException {
    try {
      if (Varint.read(this::next) != base.length) {
        throw PackRefused.malformed("holds a delta for another base than it names");
      }
      long size = Varint.read(this::next);
      if (size > most) {
        throw PackRefused.malformed("holds a delta that changed after it was read");
      }
      byte[] result = new byte[(int) size];
      int filled = 0;
      for (int instruction = in.read(); instruction >= 0; instruction = in.read()) {
        filled += instruct(instruction, base, result, filled);
      }
      if (filled != result.length) {
        throw PackRefused.malformed("holds a delta that makes less than it says");
      }
      return result;
    } catch (EOFException e) {
      throw PackRefused.malformed("holds a delta that ends too early");
    }
  }

  private int instruct(int instruction, byte[] base, byte[] result, int filled) throws IOException {
    if ((instruction & 0x80) != 0) {
      long offset = number(instruction, 4);
      int length = (int) number(instruction >> 4, 3);
      int copied = length == 0 ? 0x10000 : length;
      if (offset + copied > base.length || filled + copied > result.length) {
        throw PackRefused.malformed("holds a delta that reaches beyond its base or its result");
      }
      System.arraycopy(base, (int) offset, result, filled, copied);
      return copied;
    }
    if (instruction == 0 || filled + instruction > result.length) {
      throw PackRefused.malformed("holds a delta with an instruction that makes no sense");
    }
    if (in.readNBytes(result, filled, instruction) < instruction) {
      throw new EOFException();
    }
    return instruction;
  }

  /** A number of whose bytes only those are there that have a bit in the instruction. */
  private long number(int bits, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      if ((bits & (1 << i)) != 0) {
        value |= (long) next() << (8 * i);
      }
    }
    return value;
  }

  private int next() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }
}
