package io.platform.git.pack;

import java.io.IOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Checks that all objects that a pack refers to are in the pack or the repository, as {@code git
 * index-pack --strict} does. What neither has yet is remembered until the pack is complete, and
 * never more names than a pack may still bring.
 */
final class PackLinks {
  private static final int LEAST = 8192;

  private final ObjectTable table;
  private final ObjectReader repository;
  private final byte[] ids;
  private final byte[] types;
  private final IdIndex index;
  private int size;

  PackLinks(ObjectTable table, ObjectReader repository) {
    this.table = table;
    this.repository = repository;
    // Half of it is free again when all is forgotten that is known.
    int most = Math.max(LEAST, 2 * table.size());
    ids = new byte[most * Constants.OBJECT_ID_LENGTH];
    types = new byte[most];
    index = new IdIndex(ids, most);
  }

  /** An object refers to another of a type. */
  void require(byte[] id, int offset, int type) throws IOException {
    int row = table.find(id, offset);
    if (row >= 0) {
      check(row, type);
    } else if (index.find(id, offset) < 0) {
      remember(id, offset, type);
    }
  }

  /** An object of whichever type must be there, now that the pack is complete. */
  void requireAny(ObjectId id) throws IOException {
    byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
    id.copyRawTo(raw, 0);
    if (table.find(raw, 0) < 0 && !repository.has(id)) {
      throw new MissingObjectException(id, "object");
    }
  }

  private void remember(byte[] id, int offset, int type) throws IOException {
    if (size == types.length) {
      forgetKnown();
      if (size > table.unresolved()) {
        throw missing();
      }
    }
    System.arraycopy(
        id, offset, ids, size * Constants.OBJECT_ID_LENGTH, Constants.OBJECT_ID_LENGTH);
    types[size] = (byte) type;
    index.add(size++);
  }

  /** Where something is missing from the complete pack and the repository, that is an error. */
  void finish() throws IOException {
    forgetKnown();
    if (size > 0) {
      throw missing();
    }
  }

  private MissingObjectException missing() {
    return new MissingObjectException(ObjectId.fromRaw(ids, 0), types[0]);
  }

  private void forgetKnown() throws IOException {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int row = table.find(ids, i * Constants.OBJECT_ID_LENGTH);
      if (row >= 0) {
        check(row, types[i]);
      } else if (!repository.has(ObjectId.fromRaw(ids, i * Constants.OBJECT_ID_LENGTH))) {
        System.arraycopy(
            ids,
            i * Constants.OBJECT_ID_LENGTH,
            ids,
            kept * Constants.OBJECT_ID_LENGTH,
            Constants.OBJECT_ID_LENGTH);
        types[kept++] = types[i];
      }
    }
    size = kept;
    index.clear();
    for (int i = 0; i < size; i++) {
      index.add(i);
    }
  }

  private void check(int row, int type) throws CorruptObjectException {
    if (table.type(row) != type) {
      throw new CorruptObjectException(
          table.id(row),
          "it is a %s, and another object takes it for a %s"
              .formatted(Constants.typeString(table.type(row)), Constants.typeString(type)));
    }
  }
}
