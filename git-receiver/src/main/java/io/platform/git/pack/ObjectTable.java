package io.platform.git.pack;

import java.io.IOException;
import java.util.Arrays;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The entries of a pack, a row each in the order of the pack, and their deltas as lists: of each
 * row those that build upon it. Plain arrays: 64 bytes a row.
 */
final class ObjectTable {
  /** Heap for each row, with the indexes, the links that wait for their objects, and the order. */
  static final int BYTES_EACH = 160;

  private static final int NONE = -1;

  /** In the type of an object that was rebuilt from a delta. */
  private static final int REBUILT = 8;

  private final byte[] ids;
  private final long[] offsets;
  private final int[] checksums;
  private final byte[] types;
  private final int[] firstDelta;
  private final int[] nextDelta;
  private final IdIndex names;
  private final IdIndex bases;
  private int size;
  private int unresolved;

  /** An empty table for so many rows. */
  ObjectTable(int most, int refDeltas) {
    ids = new byte[Math.multiplyExact(most, Constants.OBJECT_ID_LENGTH)];
    offsets = new long[most];
    checksums = new int[most];
    types = new byte[most];
    firstDelta = new int[most];
    nextDelta = new int[most];
    Arrays.fill(firstDelta, NONE);
    Arrays.fill(nextDelta, NONE);
    names = new IdIndex(ids, most);
    bases = new IdIndex(ids, refDeltas);
  }

  int size() {
    return size;
  }

  /** How many rows are deltas that are not rebuilt yet. */
  int unresolved() {
    return unresolved;
  }

  /** Adds an entry as it was read. */
  void add(EntryRecords.Entry entry, byte[] id) throws IOException {
    int row = size++;
    System.arraycopy(id, 0, ids, row * Constants.OBJECT_ID_LENGTH, Constants.OBJECT_ID_LENGTH);
    offsets[row] = entry.offset();
    checksums[row] = entry.checksum();
    types[row] = (byte) entry.type();
    switch (entry.type()) {
      case Constants.OBJ_OFS_DELTA -> {
        int base = Arrays.binarySearch(offsets, 0, row, entry.base());
        if (base < 0) {
          throw PackRefused.malformed("holds a delta whose base is no object");
        }
        append(base, row);
        unresolved++;
      }
      case Constants.OBJ_REF_DELTA -> {
        await(row, id);
        unresolved++;
      }
      default -> name(row);
    }
  }

  /** Puts a delta to its base where that is known, or where it will be found by the base's name. */
  private void await(int row, byte[] id) {
    int base = names.find(id, 0);
    int sibling = base < 0 ? baseOf(id, 0) : NONE;
    if (base >= 0) {
      append(base, row);
    } else if (sibling >= 0) {
      nextDelta[row] = nextDelta[sibling];
      nextDelta[sibling] = row;
    } else {
      bases.add(row);
    }
  }

  private void append(int base, int row) {
    nextDelta[row] = firstDelta[base];
    firstDelta[base] = row;
  }

  /** The first delta that names this base, and is not rebuilt. */
  private int baseOf(byte[] id, int offset) {
    return bases.find(id, offset, row -> types[row] == Constants.OBJ_REF_DELTA);
  }

  private void name(int row) throws IOException {
    if (names.find(ids, row * Constants.OBJECT_ID_LENGTH) >= 0) {
      throw PackRefused.malformed("holds %s twice".formatted(id(row).name()));
    }
    names.add(row);
    int named = baseOf(ids, row * Constants.OBJECT_ID_LENGTH);
    if (named >= 0) {
      adopt(row, named);
    }
  }

  /** Makes the deltas that name a base those of its row. */
  private void adopt(int row, int named) {
    int last = named;
    while (nextDelta[last] != NONE) {
      last = nextDelta[last];
    }
    nextDelta[last] = firstDelta[row];
    firstDelta[row] = named;
  }

  /** A delta was rebuilt: this is what it is. */
  void resolve(int row, int type, AnyObjectId id) throws IOException {
    id.copyRawTo(ids, row * Constants.OBJECT_ID_LENGTH);
    types[row] = (byte) (type | REBUILT);
    unresolved--;
    name(row);
  }

  /** Puts the delta with most deltas upon it at the end of each list. */
  void sortDeltas() {
    int[] weights = new int[size];
    for (int row = size - 1; row >= 0; row--) {
      int largest = NONE;
      int before = NONE;
      int last = NONE;
      for (int delta = firstDelta[row]; delta != NONE; delta = nextDelta[delta]) {
        weights[row] += 1 + weights[delta];
        if (largest == NONE || weights[delta] > weights[largest]) {
          largest = delta;
          before = last;
        }
        last = delta;
      }
      if (largest != last) {
        moveToEnd(row, largest, before, last);
      }
    }
  }

  private void moveToEnd(int row, int delta, int before, int last) {
    if (before == NONE) {
      firstDelta[row] = nextDelta[delta];
    } else {
      nextDelta[before] = nextDelta[delta];
    }
    nextDelta[last] = delta;
    nextDelta[delta] = NONE;
  }

  /** Where a delta could not be rebuilt, its base is nowhere. */
  void requireResolved() throws IOException {
    for (int row = 0; row < size && unresolved > 0; row++) {
      if (types[row] == Constants.OBJ_REF_DELTA) {
        throw new MissingObjectException(id(row), "delta base");
      }
    }
  }

  /** Adds an object from outside of the pack, which was appended to it. */
  int addBase(EntryRecords.Entry entry, ObjectId id) throws IOException {
    byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
    id.copyRawTo(raw, 0);
    add(entry, raw);
    return size - 1;
  }

  /** The first delta upon a row, and then the next upon the same; negative after the last. */
  int firstDelta(int row) {
    return firstDelta[row];
  }

  int nextDelta(int row) {
    return nextDelta[row];
  }

  /** As in a pack: of whole and of rebuilt objects their own, of others that of their delta. */
  int type(int row) {
    return types[row] & ~REBUILT;
  }

  /** Whether the pack has the object itself, and no delta. */
  boolean isWhole(int row, int type) {
    return types[row] == type;
  }

  int firstByte(int row) {
    return ids[row * Constants.OBJECT_ID_LENGTH] & 0xff;
  }

  long offset(int row) {
    return offsets[row];
  }

  int checksum(int row) {
    return checksums[row];
  }

  /** Of an unresolved REF_DELTA the name of its base. */
  ObjectId id(int row) {
    return ObjectId.fromRaw(ids, row * Constants.OBJECT_ID_LENGTH);
  }

  /** The row of a whole or rebuilt object; negative where there is none. */
  int find(byte[] id, int offset) {
    return names.find(id, offset);
  }

  void copyId(int row, byte[] to, int offset) {
    System.arraycopy(ids, row * Constants.OBJECT_ID_LENGTH, to, offset, Constants.OBJECT_ID_LENGTH);
  }

  /** All rows by name. */
  int[] sorted() {
    long[] keys = new long[size];
    for (int row = 0; row < size; row++) {
      long prefix = 0;
      for (int i = 0; i < 5; i++) {
        prefix = prefix << 8 | (ids[row * Constants.OBJECT_ID_LENGTH + i] & 0xff);
      }
      // The highest bit of the name goes into the sign: order is kept by flipping it.
      keys[row] = (prefix << 24 | row) ^ Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = (int) (keys[i] & 0xffffff);
      for (int j = i; j > 0 && compare(rows[j - 1], rows[j]) > 0; j--) {
        int lower = rows[j];
        rows[j] = rows[j - 1];
        rows[j - 1] = lower;
      }
    }
    return rows;
  }

  private int compare(int a, int b) {
    return Arrays.compareUnsigned(
        ids,
        a * Constants.OBJECT_ID_LENGTH,
        a * Constants.OBJECT_ID_LENGTH + Constants.OBJECT_ID_LENGTH,
        ids,
        b * Constants.OBJECT_ID_LENGTH,
        b * Constants.OBJECT_ID_LENGTH + Constants.OBJECT_ID_LENGTH);
  }
}
