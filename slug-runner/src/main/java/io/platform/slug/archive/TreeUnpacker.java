package io.platform.slug.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Puts entries of an archive that is not trusted into a directory, and nowhere else: no absolute
 * names, no {@code ..}, nothing written through a symbolic link, hard links only to what came with
 * the archive, no devices. Symbolic links are kept wherever they lead; nothing here follows one.
 */
final class TreeUnpacker {
  /** The times that files get: the archive's, or now, as after a checkout. */
  enum Times {
    KEPT,
    NOW
  }

  private static final int BUFFER = 128 * 1024;

  /** Linux: limits.h, NAME_MAX and PATH_MAX, which counts a NUL at the end. */
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_PATH = 4095;

  private final Path root;
  private final int rootLength;
  private final Times times;
  private final TreeLimits limits;
  private final Set<Path> directories = new HashSet<>();
  private final byte[] buffer = new byte[BUFFER];
  private long bytes;
  private long entries;

  /** Unpacks to {@code root}, which exists. */
  TreeUnpacker(Path root, Times times, TreeLimits limits) throws IOException {
    this.root = root.toRealPath();
    this.rootLength = PathBytes.of(this.root).length();
    this.times = times;
    this.limits = limits;
    directories.add(this.root);
  }

  /** Unpacks one entry. */
  void unpack(TarEntry entry, TarReader content) throws IOException {
    if (++entries > limits.entries()) {
      throw new TreeLimitException(TreeLimitException.Limit.ENTRIES, limits.entries());
    }
    String name = entry.name().quoted();
    Path target = inside(entry.name());
    if (target.equals(root)) {
      if (entry.kind() != TarEntry.Kind.DIRECTORY) {
        throw new UnsafeEntryException(name, "stands for the directory itself");
      }
      return;
    }
    makeParents(target, name);
    switch (entry.kind()) {
      case DIRECTORY -> {
        makeDirectory(target, name);
        setMode(target, entry.mode() | 0700, 0755);
      }
      case SYMBOLIC_LINK -> link(target, name, entry.target());
      case HARD_LINK -> hardLink(target, name, entry.target());
      case FILE -> write(target, name, entry, content);
      case OTHER ->
          throw new UnsafeEntryException(name, "is a device, a pipe or a file with holes");
    }
  }

  private Path inside(PathBytes name) throws UnsafeEntryException {
    if (name.length() > 0 && name.at(0) == '/') {
      throw new UnsafeEntryException(name.quoted(), "is an absolute name");
    }
    if (name.length() + rootLength + 1 > LONGEST_PATH) {
      throw new UnsafeEntryException(
          name.part(0, LONGEST_NAME).quoted(), "begins a path that is too long for Linux");
    }
    Path path = root;
    for (int begin = 0; begin <= name.length(); ) {
      int end = begin;
      while (end < name.length() && name.at(end) != '/') {
        end++;
      }
      path = child(path, name.part(begin, end), name);
      begin = end + 1;
    }
    return path;
  }

  private static Path child(Path parent, PathBytes part, PathBytes name)
      throws UnsafeEntryException {
    if (part.length() == 0 || (part.length() == 1 && part.at(0) == '.')) {
      return parent;
    }
    if (part.length() == 2 && part.at(0) == '.' && part.at(1) == '.') {
      throw new UnsafeEntryException(name.quoted(), "has `..` in its name");
    }
    if (part.length() > LONGEST_NAME) {
      throw new UnsafeEntryException(
          part.part(0, LONGEST_NAME).quoted(), "begins a name that is too long for Linux");
    }
    try {
      return parent.resolve(part.toPath());
    } catch (InvalidPathException e) {
      throw new UnsafeEntryException(name.quoted(), "is not a name for a file here");
    }
  }

  private void makeParents(Path target, String name) throws IOException {
    Path parent = target.getParent();
    if (parent == null || directories.contains(parent)) {
      return;
    }
    makeParents(parent, name);
    makeDirectory(parent, name);
  }

  private void makeDirectory(Path directory, String name) throws IOException {
    if (directories.contains(directory)) {
      return;
    }
    if (Files.isSymbolicLink(directory)) {
      throw new UnsafeEntryException(name, "would be written through a symbolic link");
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnsafeEntryException(name, "takes a file for a directory");
      }
      Files.createDirectory(directory);
    }
    directories.add(directory);
  }

  private void link(Path target, String name, PathBytes to) throws IOException {
    if (to.length() == 0 || to.length() > LONGEST_PATH) {
      throw new UnsafeEntryException(
          name, "is a symbolic link to a path of " + to.length() + " bytes");
    }
    free(target, name);
    try {
      Files.createSymbolicLink(target, to.toPath());
    } catch (InvalidPathException e) {
      throw new UnsafeEntryException(name, "is a symbolic link to what is no name for a file here");
    }
  }

  private void hardLink(Path target, String name, PathBytes to) throws IOException {
    Path existing = inside(to);
    for (Path path = existing; path != null && !path.equals(root); path = path.getParent()) {
      if (Files.isSymbolicLink(path)) {
        throw new UnsafeEntryException(name, "is a hard link through a symbolic link");
      }
    }
    if (existing.equals(target) || !Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnsafeEntryException(
          name, "is a hard link to " + to.quoted() + ", which is not in the archive");
    }
    free(target, name);
    Files.createLink(target, existing);
  }

  private void write(Path target, String name, TarEntry entry, TarReader content)
      throws IOException {
    if (entry.size() > limits.bytes() - bytes) {
      throw new TreeLimitException(TreeLimitException.Limit.BYTES, limits.bytes());
    }
    bytes += entry.size();
    free(target, name);
    try (OutputStream out =
        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int count = content.read(buffer, 0, buffer.length);
          count >= 0;
          count = content.read(buffer, 0, buffer.length)) {
        out.write(buffer, 0, count);
      }
    }
    setMode(target, entry.mode() | 0600, 0644);
    if (times == Times.KEPT) {
      Files.setLastModifiedTime(target, FileTime.from(entry.seconds(), TimeUnit.SECONDS));
    }
  }

  /** Makes room for an entry whose name came before. */
  private void free(Path target, String name) throws IOException {
    if (directories.contains(target) || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnsafeEntryException(name, "takes the place of a directory");
    }
    Files.deleteIfExists(target);
  }

  /** Spares the system call where {@code mode} is what a new file has. */
  private static void setMode(Path target, int mode, int usual) throws IOException {
    if ((mode & 0777) == usual) {
      return;
    }
    Files.setPosixFilePermissions(target, FileModes.permissions(mode));
  }
}
