package io.platform.git.pack;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.util.NB;

/**
 * Finds rows by their 20-byte names, which are in an array row by row. A hash table with open
 * addressing; rows are only added. Who sends a pack chooses the names in it: the hash is keyed by
 * chance, so that nobody can choose names that meet in one slot.
 */
final class IdIndex {
  private final long key1 = ThreadLocalRandom.current().nextLong() | 1;
  private final long key2 = ThreadLocalRandom.current().nextLong() | 1;
  private final long key3 = ThreadLocalRandom.current().nextLong() | 1;
  private final byte[] ids;
  private final int[] slots;

  /** An index for so many rows at most. */
  IdIndex(byte[] ids, int most) {
    this.ids = ids;
    this.slots = new int[Integer.highestOneBit(Math.max(2, most)) * 4];
  }

  /** The row of a name; negative where it is not here. */
  int find(byte[] id, int offset) {
    return find(id, offset, row -> true);
  }

  /**
   * The row of a name among those that are wanted; negative where it is not here. The name of a row
   * may have changed since it was added if it is not wanted any more.
   */
  int find(byte[] id, int offset, IntPredicate wanted) {
    int slot = slot(id, offset);
    while (slots[slot] != 0) {
      int row = slots[slot] - 1;
      if (matches(row, id, offset) && wanted.test(row)) {
        return row;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  /** Adds a row, whose name is in the array and not in the index yet. */
  void add(int row) {
    int slot = slot(ids, row * Constants.OBJECT_ID_LENGTH);
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = row + 1;
  }

  void clear() {
    Arrays.fill(slots, 0);
  }

  private int slot(byte[] id, int offset) {
    long hash =
        NB.decodeInt64(id, offset) * key1
            + NB.decodeInt64(id, offset + 8) * key2
            + NB.decodeInt32(id, offset + 16) * key3;
    return (int) (hash >>> 32) & slots.length - 1;
  }

  private boolean matches(int row, byte[] id, int offset) {
    int begin = row * Constants.OBJECT_ID_LENGTH;
    return Arrays.equals(
        ids,
        begin,
        begin + Constants.OBJECT_ID_LENGTH,
        id,
        offset,
        offset + Constants.OBJECT_ID_LENGTH);
  }
}
