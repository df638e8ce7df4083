package io.platform.slug;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Puts entries of an archive that is not trusted into a directory, and nowhere else: no absolute
 * names, no {@code ..}, nothing written through a symbolic link, hard links only to what came with
 * the archive, no devices.
 */
final class TreeUnpacker {
  /** What becomes of symbolic links that lead out of the directory. */
  enum OutwardLinks {
    /** As in a slug, which may have one to {@code /usr/bin/python3}. */
    KEPT,
    REFUSED
  }

  /** Whether files get the archive's times, or now, as after a checkout. */
  enum Times {
    KEPT,
    NOW
  }

  private static final int BUFFER = 128 * 1024;

  private final Path root;
  private final OutwardLinks outwardLinks;
  private final Times times;
  private final long maxBytes;
  private final Set<Path> directories = new HashSet<>();
  private final List<Path> links = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private long bytes;

  /**
   * Unpacks to {@code root}, which exists.
   *
   * @param maxBytes the most that the files may take
   */
  TreeUnpacker(Path root, OutwardLinks outwardLinks, Times times, long maxBytes)
      throws IOException {
    this.root = root.toRealPath();
    this.outwardLinks = outwardLinks;
    this.times = times;
    this.maxBytes = maxBytes;
    directories.add(this.root);
  }

  /**
   * Unpacks one entry.
   *
   * @param name the entry's, without a prefix that is not to be unpacked
   */
  void unpack(TarArchiveEntry entry, String name, InputStream content) throws IOException {
    Path target = inside(name);
    if (target.equals(root)) {
      if (!entry.isDirectory()) {
        throw new UnsafeEntryException(name, "stands for the directory itself");
      }
      return;
    }
    makeParents(target, name);
    if (entry.isDirectory()) {
      makeDirectory(target, name);
      setMode(target, entry.getMode() | 0700, 0755);
    } else if (entry.isSymbolicLink()) {
      link(target, name, entry.getLinkName());
    } else if (entry.isLink()) {
      hardLink(target, name, entry.getLinkName());
    } else if (isPlainFile(entry)) {
      write(target, name, entry, content);
    } else {
      throw new UnsafeEntryException(name, "is a device or a pipe");
    }
  }

  /**
   * To be called after the last entry: looks where the links lead, now that all of them are there.
   */
  void finish() throws IOException {
    if (outwardLinks == OutwardLinks.KEPT) {
      return;
    }
    for (Path link : links) {
      Path real;
      try {
        real = link.toRealPath();
      } catch (IOException leadsNowhere) {
        continue;
      }
      if (!real.startsWith(root)) {
        throw new UnsafeEntryException(
            root.relativize(link).toString(), "leads out through other links");
      }
    }
  }

  /** The library's own test takes devices and pipes for files, too. */
  private static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_NORMAL
        || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
  }

  private Path inside(String name) throws UnsafeEntryException {
    if (name.startsWith("/")) {
      throw new UnsafeEntryException(name, "is an absolute name");
    }
    Path path = root;
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw new UnsafeEntryException(name, "has `..` in its name");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path = child(path, part, name);
      }
    }
    return path;
  }

  private static Path child(Path parent, String part, String name) throws UnsafeEntryException {
    try {
      return parent.resolve(part);
    } catch (InvalidPathException bad) {
      throw new UnsafeEntryException(name.replace('\0', '?'), "is not a name for a file here");
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
      Files.createDirectory(directory);
    }
    directories.add(directory);
  }

  private void link(Path target, String name, String to) throws IOException {
    if (outwardLinks == OutwardLinks.REFUSED) {
      Path parent = target.getParent();
      if (to.startsWith("/")
          || parent == null
          || !parent.resolve(to).normalize().startsWith(root)) {
        throw new UnsafeEntryException(name, "is a symbolic link to " + to);
      }
    }
    free(target, name);
    try {
      Files.createSymbolicLink(target, Path.of(to));
    } catch (InvalidPathException bad) {
      throw new UnsafeEntryException(name, "is a symbolic link to what is no name for a file here");
    }
    links.add(target);
  }

  private void hardLink(Path target, String name, String to) throws IOException {
    Path existing = inside(to);
    for (Path path = existing; path != null && !path.equals(root); path = path.getParent()) {
      if (Files.isSymbolicLink(path)) {
        throw new UnsafeEntryException(name, "is a hard link through a symbolic link");
      }
    }
    if (!Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnsafeEntryException(
          name, "is a hard link to " + to + ", which is not in the archive");
    }
    free(target, name);
    Files.createLink(target, existing);
  }

  private void write(Path target, String name, TarArchiveEntry entry, InputStream content)
      throws IOException {
    bytes += entry.getSize();
    if (bytes > maxBytes) {
      throw new TooLargeException(maxBytes);
    }
    free(target, name);
    try (OutputStream out =
        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long left = entry.getSize();
      while (left > 0) {
        int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new BadFormatException("the archive ends in the middle of " + name);
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    setMode(target, entry.getMode() | 0600, 0644);
    if (times == Times.KEPT) {
      Files.setLastModifiedTime(target, FileTime.from(entry.getLastModifiedTime().toInstant()));
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
    Files.setPosixFilePermissions(target, Modes.permissions(mode));
  }
}
