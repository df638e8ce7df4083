package io.platform.git.source;

import io.platform.slug.archive.PathBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Reads a tree object: mode in octal, space, name, NUL, the id's 20 bytes, again and again. JGit's
 * own reader gives names as text, and decodes as Latin-1 what is not UTF-8.
 */
final class TreeEntries {
  private static final int LARGEST_MODE = 0177777;
  private static final int ID = 20;

  /** One of a directory. */
  record Entry(FileMode mode, PathBytes name, ObjectId id) {
    boolean isDirectory() {
      return mode.equals(FileMode.TREE);
    }

    boolean isFile() {
      return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }
  }

  private TreeEntries() {}

  static List<Entry> parse(AnyObjectId tree, byte[] raw) throws CorruptObjectException {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < raw.length) {
      int mode = 0;
      for (; at < raw.length && raw[at] != ' '; at++) {
        if (raw[at] < '0' || raw[at] > '7') {
          throw corrupt(tree);
        }
        mode = (mode << 3) + (raw[at] - '0');
        if (mode > LARGEST_MODE) {
          throw corrupt(tree);
        }
      }
      int name = ++at;
      while (at < raw.length && raw[at] != 0) {
        at++;
      }
      if (at >= raw.length || raw.length - at - 1 < ID || !isName(raw, name, at)) {
        throw corrupt(tree);
      }
      entries.add(
          new Entry(
              FileMode.fromBits(mode),
              PathBytes.of(Arrays.copyOfRange(raw, name, at)),
              ObjectId.fromRaw(raw, at + 1)));
      at += 1 + ID;
    }
    return entries;
  }

  /** No path: checked when it was received, and here for what was stored before. */
  private static boolean isName(byte[] raw, int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (raw[i] == '/') {
        return false;
      }
    }
    int length = end - begin;
    boolean dots = length > 0 && length <= 2 && raw[begin] == '.' && raw[end - 1] == '.';
    return length > 0 && !dots;
  }

  private static CorruptObjectException corrupt(AnyObjectId tree) {
    return new CorruptObjectException(tree.toObjectId(), "malformed tree");
  }
}
