package io.platform.slug.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.platform.commons.digest.Sha256Digests;
import io.platform.slug.Manifest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a tree of files as tar.zst: sorted by name, without owners, times in whole seconds, so
 * that the same tree gives the same bytes. Symbolic links are written as such; sockets, pipes and
 * devices are left out. Nothing is held in memory but one directory's names.
 */
final class TreeWriter implements Closeable {
  private static final int BUFFER = 128 * 1024;

  private final OutputStream out;
  private final TarWriter tar;
  private final TreeLimits limits;
  private final MessageDigest contents = Sha256Digests.start();
  private final byte[] buffer = new byte[BUFFER];
  private long files;
  private long bytes;

  /** A name in a directory, and the file. */
  private record Child(PathBytes name, Path path) {}

  /**
   * Begins an archive on {@code out}, which stays open.
   *
   * @param level zstd's, 1 to 3
   * @param threads that compress beside the calling one; 0 for none
   */
  TreeWriter(OutputStream out, int level, int threads, TreeLimits limits) throws IOException {
    ZstdLibrary.load();
    ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out, level);
    zstd.setCloseFrameOnFlush(false).setChecksum(true);
    if (threads > 0) {
      zstd.setWorkers(threads);
    }
    this.out = new BufferedOutputStream(zstd, BUFFER);
    this.tar = new TarWriter(this.out);
    this.limits = limits;
  }

  /**
   * Adds what is in {@code root} under {@code prefix}, which is empty or ends with a slash.
   *
   * @throws TreeLimitException if what is written could not be unpacked again
   */
  void addTree(Path root, PathBytes prefix) throws IOException {
    List<Child> children = new ArrayList<>();
    try (Stream<Path> paths = Files.list(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        children.add(new Child(PathBytes.of(path.getFileName()), path));
      }
    }
    children.sort((a, b) -> a.name().compareTo(b.name()));
    for (Child child : children) {
      add(child.path(), prefix.plus(child.name()));
    }
  }

  /** Adds a file that is not in a tree. */
  void addFile(String name, byte[] content) throws IOException {
    tar.file(PathBytes.of(name), 0644, 0, content.length);
    tar.write(content, 0, content.length);
    tar.endFile();
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
    return Sha256Digests.hex(contents);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      tar.finish();
    }
  }

  private void add(Path path, PathBytes name) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    long seconds = seconds(attributes.lastModifiedTime());
    if (attributes.isSymbolicLink()) {
      count();
      tar.link(name, PathBytes.of(Files.readSymbolicLink(path)), seconds);
    } else if (attributes.isDirectory()) {
      count();
      tar.directory(name, FileModes.bits(attributes.permissions()), seconds);
      addTree(path, name.plus(PathBytes.of("/")));
    } else if (attributes.isRegularFile()) {
      count();
      bytes += attributes.size();
      if (bytes > limits.bytes()) {
        throw new TreeLimitException(TreeLimitException.Limit.BYTES, limits.bytes());
      }
      tar.file(name, FileModes.bits(attributes.permissions()), seconds, attributes.size());
      copy(path, name);
      tar.endFile();
    }
  }

  private void count() throws TreeLimitException {
    if (++files > limits.entries()) {
      throw new TreeLimitException(TreeLimitException.Limit.ENTRIES, limits.entries());
    }
  }

  private void copy(Path path, PathBytes name) throws IOException {
    MessageDigest digest = Sha256Digests.start();
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        tar.write(buffer, 0, count);
      }
    }
    contents.update((Sha256Digests.hex(digest) + "  ").getBytes(StandardCharsets.US_ASCII));
    contents.update(name.bytes());
    contents.update((byte) '\n');
  }

  private static long seconds(FileTime time) {
    return time.toInstant().getEpochSecond();
  }
}
