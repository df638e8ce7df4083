package io.platform.git.source;

import io.platform.domain.SourceFault;
import io.platform.git.source.TreeEntries.Entry;
import io.platform.slug.archive.PathBytes;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Walks a tree that is not trusted, in git's order, and leaves out what is {@code export-ignore}.
 * Sub-trees may be shared, so that a few objects are a tree of any size: what is visited is
 * counted, and not what is stored.
 */
final class SourceTree {
  private static final PathBytes ROOT = PathBytes.of("");
  private static final PathBytes SLASH = PathBytes.of("/");
  private static final PathBytes ATTRIBUTES = PathBytes.of(TreeAttributes.FILE);
  private static final int LARGEST_TREE = 64 * 1024 * 1024;

  private final ObjectReader reader;
  private final SourceLimits limits;
  private final SourceFiles files;
  private final TreeAttributes attributes;
  private int visited;

  SourceTree(ObjectReader reader, SourceLimits limits, SourceFiles files) {
    this.reader = reader;
    this.limits = limits;
    this.files = files;
    this.attributes = new TreeAttributes(limits.attributes());
  }

  void walk(AnyObjectId tree) throws IOException, SourceFaultsException {
    directory(tree, ROOT, 0);
  }

  private void directory(AnyObjectId tree, PathBytes path, int depth)
      throws IOException, SourceFaultsException {
    List<Entry> entries = read(tree, path);
    attributes.enter(path, attributesOf(entries, path));
    for (Entry entry : entries) {
      PathBytes name = path.plus(entry.name());
      if (name.length() > limits.pathBytes()) {
        throw SourceFaultsException.over(
            SourceFault.Limit.PATH_BYTES, limits.pathBytes(), path.quoted());
      }
      boolean submodule = entry.mode().equals(FileMode.GITLINK);
      TreeAttributes.Found found = attributes.find(name, entry.isDirectory() || submodule);
      if (!entry.isDirectory()) {
        files.keepDirectories();
      }
      if (found.ignored()) {
        continue;
      }
      if (entry.isDirectory()) {
        if (depth + 1 > limits.depth()) {
          throw SourceFaultsException.over(SourceFault.Limit.DEPTH, limits.depth(), name.quoted());
        }
        files.enter(name);
        directory(entry.id(), name.plus(SLASH), depth + 1);
        files.leave();
      } else {
        files.add(name, entry, found.substituted());
      }
    }
    attributes.leave();
  }

  private List<Entry> read(AnyObjectId tree, PathBytes path)
      throws IOException, SourceFaultsException {
    if (reader.getObjectSize(tree, Constants.OBJ_TREE) > LARGEST_TREE) {
      throw tooMany(path);
    }
    List<Entry> entries =
        TreeEntries.parse(tree, reader.open(tree, Constants.OBJ_TREE).getCachedBytes(LARGEST_TREE));
    visited += entries.size();
    if (visited > limits.entries()) {
      throw tooMany(path);
    }
    return entries;
  }

  private SourceFaultsException tooMany(PathBytes path) {
    return SourceFaultsException.over(SourceFault.Limit.ENTRIES, limits.entries(), path.quoted());
  }

  /** As git has it: none where that is a link or a directory. */
  private byte[] attributesOf(List<Entry> entries, PathBytes path)
      throws IOException, SourceFaultsException {
    for (Entry entry : entries) {
      if (entry.isFile() && entry.name().equals(ATTRIBUTES)) {
        attributes.reserve(
            path.plus(ATTRIBUTES), reader.getObjectSize(entry.id(), Constants.OBJ_BLOB));
        return reader
            .open(entry.id(), Constants.OBJ_BLOB)
            .getCachedBytes(limits.attributes().fileBytes());
      }
    }
    return new byte[0];
  }
}
