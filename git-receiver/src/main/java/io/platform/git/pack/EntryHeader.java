package io.platform.git.pack;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;

/**
 * The header before an entry's compressed data (gitformat-pack): its type, and the size of what it
 * inflates to.
 *
 * @param distance how far before this entry the base begins, where the type is OFS_DELTA
 */
record EntryHeader(int type, long size, long distance) {
  private static final int TYPE_SHIFT = 4;
  private static final long FAR = 1L << 55;

  /** Reads all but the name of the base of a REF_DELTA, which follows. */
  static EntryHeader read(Varint.Bytes bytes) throws IOException {
    int first = bytes.next();
    int type = first >> TYPE_SHIFT & 7;
    long size = first & 0xf;
    if ((first & 0x80) != 0) {
      size = Varint.readOn(size, TYPE_SHIFT, bytes);
    }
    return new EntryHeader(type, size, type == Constants.OBJ_OFS_DELTA ? distance(bytes) : 0);
  }

  private static long distance(Varint.Bytes bytes) throws IOException {
    int next = bytes.next();
    long distance = next & 0x7f;
    while ((next & 0x80) != 0) {
      if (distance > FAR) {
        throw PackRefused.malformed("holds a delta whose base is too far away");
      }
      next = bytes.next();
      distance = ((distance + 1) << 7) | (next & 0x7f);
    }
    return distance;
  }
}
