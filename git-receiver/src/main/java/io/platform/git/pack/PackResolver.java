package io.platform.git.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.MutableObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.sha1.SHA1;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds what is sent as deltas, from each base to all that builds upon it, and shows each
 * commit, tree and tag to a checker. Of the objects on the way from a base to a delta only so many
 * are kept as the cache has room for; others are made again when they are needed again. That is
 * rare, as the delta with most upon it comes last, when its base is not needed any more.
 */
final class PackResolver {
  private final PackLimits limits;
  private final ObjectTable table;
  private final SpooledPack pack;
  private final Checker checker;
  private final long cache;
  private final SHA1 hash = SHA1.newInstance();
  private final List<Level> levels = new ArrayList<>();
  private long held;
  private long work;

  /**
   * Rebuilds the objects of a table.
   *
   * @param summary how much they are
   */
  PackResolver(
      PackLimits limits,
      ObjectTable table,
      SpooledPack pack,
      Checker checker,
      PackSummary summary) {
    this.limits = limits;
    this.table = table;
    this.pack = pack;
    this.checker = checker;
    this.cache = summary.cache(limits);
    this.work = summary.unpacked();
  }

  /** Sees each commit, tree and tag once. */
  interface Checker {
    void check(ObjectId id, int type, byte[] content) throws IOException;
  }

  /** An object that others build upon, and the deltas that led to it. */
  private static final class Level {
    private final int row;
    private final long bytes;
    private int next;
    private byte @Nullable [] content;

    Level(int row, int next, long bytes) {
      this.row = row;
      this.next = next;
      this.bytes = bytes;
    }
  }

  /** Blobs first and commits last, so that most of what is referred to is known by then. */
  void resolve() throws IOException {
    int rows = table.size();
    for (int type :
        new int[] {
          Constants.OBJ_BLOB, Constants.OBJ_TREE, Constants.OBJ_COMMIT, Constants.OBJ_TAG
        }) {
      for (int row = 0; row < rows; row++) {
        if (table.isWhole(row, type) && isOpen(row, type)) {
          byte[] content = pack.whole(table.offset(row));
          check(row, type, content);
          resolve(row, type, content);
        }
      }
    }
  }

  private boolean isOpen(int row, int type) {
    return type != Constants.OBJ_BLOB || table.firstDelta(row) >= 0;
  }

  /** Rebuilds all deltas upon an object, and upon them. */
  void resolve(int base, int type, byte[] content) throws IOException {
    descend(base, content, content.length);
    while (!levels.isEmpty()) {
      Level level = levels.getLast();
      if (level.next < 0) {
        leave();
      } else {
        int row = level.next;
        level.next = table.nextDelta(row);
        byte[] made =
            pack.delta(table.offset(row), content(levels.size() - 1), limits.deltaBytes());
        if (level.next < 0) {
          forget(level);
        }
        finish(row, type, made);
        descend(row, made, level.bytes + made.length);
      }
    }
  }

  private void finish(int row, int type, byte[] content) throws IOException {
    ObjectKinds.checkSize(type, content.length, limits);
    ObjectKinds.begin(hash, type, content.length);
    hash.update(content);
    MutableObjectId id = new MutableObjectId();
    hash.digest(id);
    table.resolve(row, type, id);
    check(row, type, content);
  }

  private void check(int row, int type, byte[] content) throws IOException {
    if (type != Constants.OBJ_BLOB) {
      checker.check(table.id(row), type, content);
    }
  }

  private void descend(int row, byte[] content, long bytes) throws PackRefused {
    int first = table.firstDelta(row);
    if (first < 0) {
      return;
    }
    if (levels.size() >= limits.chainDepth() || bytes > limits.chainBytes()) {
      throw new PackRefused(new PackProblem.ChainTooLong(limits.chainDepth(), limits.chainBytes()));
    }
    Level level = new Level(row, first, bytes);
    levels.add(level);
    keep(level, content);
  }

  private void leave() {
    forget(levels.removeLast());
  }

  private void forget(Level level) {
    if (level.content != null) {
      held -= level.content.length;
      level.content = null;
    }
  }

  /** The content of a level, made again from the nearest above it that has its own. */
  private byte[] content(int wanted) throws IOException {
    int from = wanted;
    while (from > 0 && levels.get(from).content == null) {
      from--;
    }
    byte[] content = levels.get(from).content;
    if (content == null) {
      content = pack.whole(table.offset(levels.get(from).row));
    }
    for (int i = from + 1; i <= wanted; i++) {
      content = pack.delta(table.offset(levels.get(i).row), content, limits.deltaBytes());
      keep(levels.get(i), content);
      work += content.length;
      if (work > limits.unpackedBytes()) {
        throw new PackRefused(new PackProblem.UnpacksTooLarge(limits.unpackedBytes()));
      }
    }
    return content;
  }

  private void keep(Level level, byte[] content) {
    level.content = content;
    held += content.length;
    for (int i = 0; held > cache && i < levels.size(); i++) {
      if (levels.get(i) != level) {
        forget(levels.get(i));
      }
    }
  }
}
