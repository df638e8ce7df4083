package io.platform.slug;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a tree of files as tar.zst: sorted by name, without owners, times in whole seconds, so
 * that the same tree gives the same bytes. Sockets, pipes and devices are left out. Nothing is held
 * in memory but one directory's names.
 */
final class TreeWriter implements Closeable {
  private static final int BUFFER = 128 * 1024;

  private final ZstdOutputStreamNoFinalizer zstd;
  private final TarArchiveOutputStream tar;
  private final MessageDigest contents = Sha256.start();
  private final byte[] buffer = new byte[BUFFER];
  private long files;
  private long bytes;

  /**
   * Begins an archive on {@code out}, which stays open.
   *
   * @param level zstd's, 1 to 3
   * @param threads that compress beside the calling one; 0 for none
   */
  TreeWriter(OutputStream out, int level, int threads) throws IOException {
    zstd = new ZstdOutputStreamNoFinalizer(out, level);
    zstd.setCloseFrameOnFlush(false).setChecksum(true);
    if (threads > 0) {
      zstd.setWorkers(threads);
    }
    tar =
        new TarArchiveOutputStream(
            new BufferedOutputStream(zstd, BUFFER), StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** Adds what is in {@code root} under {@code prefix}, which is empty or ends with a slash. */
  void addTree(Path root, String prefix) throws IOException {
    List<Path> names;
    try (Stream<Path> children = Files.list(root)) {
      names = children.sorted(Comparator.comparing(p -> p.getFileName().toString())).toList();
    }
    for (Path path : names) {
      add(path, prefix + path.getFileName());
    }
  }

  /** Adds a file that is not in a tree. */
  void addFile(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    describe(entry, 0644, FileTime.fromMillis(0));
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** How many files, links and directories were added by {@link #addTree}. */
  long files() {
    return files;
  }

  /** Sum of the sizes of the regular files that were added by {@link #addTree}. */
  long bytes() {
    return bytes;
  }

  /** {@link Manifest#contentsSha256()} of what was added by {@link #addTree}; to be asked once. */
  String contentsSha256() {
    return Sha256.hex(contents);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private void add(Path path, String name) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(path).toString());
      describe(entry, 0777, attributes.lastModifiedTime());
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
      files++;
    } else if (attributes.isDirectory()) {
      TarArchiveEntry entry = new TarArchiveEntry(name + "/");
      describe(entry, Modes.bits(attributes.permissions()), attributes.lastModifiedTime());
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
      files++;
      addTree(path, name + "/");
    } else if (attributes.isRegularFile()) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(attributes.size());
      describe(entry, Modes.bits(attributes.permissions()), attributes.lastModifiedTime());
      tar.putArchiveEntry(entry);
      copy(path, name);
      tar.closeArchiveEntry();
      files++;
      bytes += attributes.size();
    }
  }

  private void copy(Path path, String name) throws IOException {
    MessageDigest digest = Sha256.start();
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        tar.write(buffer, 0, count);
      }
    }
    contents.update((Sha256.hex(digest) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void describe(TarArchiveEntry entry, int mode, FileTime modified) {
    entry.setMode(mode);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setModTime(modified.toMillis() / 1000 * 1000);
  }
}
