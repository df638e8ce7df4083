package io.platform.git.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Limits how large trees are that lie one in another, all together. Whoever walks through a
 * repository, for a fetch or an archive, holds those on the way from the root to where it is, and
 * the path that their names make: a pack of a megabyte could ask for gigabytes. A tree that the
 * repository has already counts as well, and each is read once.
 */
final class NestedTrees {
  private final ObjectReader reader;
  private final PackLimits limits;
  private final ReceiveWatch watch;
  private final ObjectIdOwnerMap<Known> known = new ObjectIdOwnerMap<>();
  private final List<Level> path = new ArrayList<>();
  private long held;

  /** For trees that this reader finds, those of the pack too. */
  NestedTrees(ObjectReader reader, PackLimits limits, ReceiveWatch watch) {
    this.reader = reader;
    this.limits = limits;
    this.watch = watch;
  }

  /** A tree that was looked through: the most bytes of itself and what lies in it, on one path. */
  private static final class Known extends ObjectIdOwnerMap.Entry {
    private final long bytes;

    Known(AnyObjectId id, long bytes) {
      super(id);
      this.bytes = bytes;
    }
  }

  /** A tree on the path, and the names of those in it, 20 bytes each. */
  private static final class Level {
    private final ObjectId id;
    private final int bytes;
    private final byte[] children;
    private int next;
    private long below;

    Level(ObjectId id, int bytes, byte[] children) {
      this.id = id;
      this.bytes = bytes;
      this.children = children;
    }
  }

  /**
   * Looks through a tree.
   *
   * @throws PackRefused where it holds too much on one path
   */
  void check(ObjectId tree) throws IOException {
    enter(tree);
    while (!path.isEmpty()) {
      Level level = path.getLast();
      if (level.next < level.children.length) {
        ObjectId child = ObjectId.fromRaw(level.children, level.next);
        level.next += Constants.OBJECT_ID_LENGTH;
        enter(child);
      } else {
        leave();
      }
    }
  }

  private void enter(ObjectId tree) throws IOException {
    Known before = known.get(tree);
    if (before != null) {
      add(before.bytes);
      held -= before.bytes;
      noteBelow(before.bytes);
      return;
    }
    watch.check();
    ObjectLoader loader = open(tree);
    add(loader.getSize());
    byte[] content = loader.getCachedBytes(limits.treePathBytes());
    path.add(new Level(tree, content.length, children(content)));
  }

  private ObjectLoader open(ObjectId tree) throws IOException {
    try {
      return reader.open(tree, Constants.OBJ_TREE);
    } catch (IncorrectObjectTypeException e) {
      CorruptObjectException corrupt =
          new CorruptObjectException(tree, "it is no tree, and a tree takes it for one");
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  private void add(long bytes) throws PackRefused {
    held += bytes;
    if (held > limits.treePathBytes()) {
      throw new PackRefused(new PackProblem.NestedTreesTooLarge(limits.treePathBytes()));
    }
  }

  private void leave() throws PackRefused {
    Level level = path.removeLast();
    held -= level.bytes;
    if (known.size() == limits.objects()) {
      throw new PackRefused(
          new PackProblem.TooManyObjects(limits.objects() + 1L, limits.objects()));
    }
    long bytes = level.bytes + level.below;
    known.add(new Known(level.id, bytes));
    noteBelow(bytes);
  }

  private void noteBelow(long bytes) {
    if (!path.isEmpty()) {
      Level parent = path.getLast();
      parent.below = Math.max(parent.below, bytes);
    }
  }

  private static byte[] children(byte[] tree) {
    byte[] children = new byte[tree.length];
    int length = 0;
    CanonicalTreeParser entries = new CanonicalTreeParser();
    for (entries.reset(tree); !entries.eof(); entries.next(1)) {
      if (FileMode.TREE.equals(entries.getEntryRawMode())) {
        System.arraycopy(
            entries.idBuffer(), entries.idOffset(), children, length, Constants.OBJECT_ID_LENGTH);
        length += Constants.OBJECT_ID_LENGTH;
      }
    }
    return Arrays.copyOf(children, length);
  }
}
