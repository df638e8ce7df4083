package io.platform.slug.archive;

import io.platform.slug.BadFormatException;
import java.nio.charset.StandardCharsets;

/**
 * The header of 512 bytes that precedes each entry of a tar: POSIX.1-2017, pax, "ustar Interchange
 * Format".
 */
final class TarHeader {
  static final int RECORD = 512;

  static final int NAME = 0;
  static final int NAME_LENGTH = 100;
  static final int MODE = 100;
  static final int OWNER = 108;
  static final int GROUP = 116;
  static final int SIZE = 124;
  static final int MODIFIED = 136;
  static final int CHECKSUM = 148;
  static final int TYPE = 156;
  static final int TARGET = 157;
  static final int MAGIC = 257;
  static final int MAJOR = 329;
  static final int MINOR = 337;
  static final int PREFIX = 345;
  static final int PREFIX_LENGTH = 155;

  /** Of the fields for size and time; the others have 8. */
  static final int LONG_NUMBER = 12;

  static final int NUMBER = 8;

  /** The largest number that a field of 12 bytes holds: eleven octal digits. */
  static final long LARGEST = 077777777777L;

  private static final byte[] USTAR = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

  private TarHeader() {}

  /** Zero bytes that follow content of this size up to the next header. */
  static int padding(long size) {
    return (int) (-size & (RECORD - 1));
  }

  static boolean isUstar(byte[] header) {
    for (int i = 0; i < 5; i++) {
      if (header[MAGIC + i] != USTAR[i]) {
        return false;
      }
    }
    return header[MAGIC + 5] == 0;
  }

  static void putMagic(byte[] header) {
    System.arraycopy(USTAR, 0, header, MAGIC, USTAR.length);
  }

  /** Writes octal digits and a NUL. */
  static void putNumber(byte[] header, int offset, int length, long value) {
    header[offset + length - 1] = 0;
    long left = value;
    for (int i = offset + length - 2; i >= offset; i--) {
      header[i] = (byte) ('0' + (left & 7));
      left >>= 3;
    }
  }

  /** Reads octal digits, or GNU's binary form for what is larger. */
  static long number(byte[] header, int offset, int length) throws BadFormatException {
    if ((header[offset] & 0x80) != 0) {
      return binary(header, offset, length);
    }
    int i = offset;
    int end = offset + length;
    while (i < end && header[i] == ' ') {
      i++;
    }
    long value = 0;
    for (; i < end && header[i] != 0 && header[i] != ' '; i++) {
      if (header[i] < '0' || header[i] > '7') {
        throw new BadFormatException("the archive is damaged (a number is none)");
      }
      value = value << 3 | (header[i] - '0');
    }
    return value;
  }

  private static long binary(byte[] header, int offset, int length) throws BadFormatException {
    boolean negative = (header[offset] & 0x40) != 0;
    long value = negative ? -1 : 0;
    for (int i = offset; i < offset + length; i++) {
      int digit = i == offset ? (negative ? header[i] : header[i] & 0x3f) : header[i] & 0xff;
      if (i < offset + length - 8 && (digit & 0xff) != (negative ? 0xff : 0)) {
        throw new BadFormatException("the archive is damaged (a number is too large)");
      }
      value = value << 8 | (digit & 0xff);
    }
    return value;
  }

  static int checksum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < RECORD; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + NUMBER ? ' ' : header[i] & 0xff;
    }
    return sum;
  }

  static void putChecksum(byte[] header) {
    putNumber(header, CHECKSUM, NUMBER - 1, checksum(header));
    header[CHECKSUM + NUMBER - 1] = ' ';
  }
}
