package io.platform.receiver.push;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes a tree as tar.zst in one pass and with constant memory. The same tree gives the same
 * bytes: entries in git's order, no owner, and one time for all.
 */
public final class SourceArchive {
  /**
   * The time of every entry: 1980-01-01T00:00:01Z, as Cloud Native Buildpacks have it; zip knows
   * none before 1980.
   */
  private static final FileTime EPOCH = FileTime.from(Instant.parse("1980-01-01T00:00:01Z"));

  private static final int HELD_WHOLE = 1024 * 1024;
  private static final int BUFFER = 128 * 1024;
  private static final int LEVEL = 1;

  private final Repository repository;
  private final long limit;
  private final Offenders submodules = new Offenders();
  private final Offenders pointers = new Offenders();
  private final byte[] buffer = new byte[BUFFER];
  private long bytes;
  private int files;

  /**
   * Archives trees of a repository.
   *
   * @param limit how many bytes all files together may have
   */
  public SourceArchive(Repository repository, long limit) {
    this.repository = repository;
    this.limit = limit;
  }

  /**
   * What was written.
   *
   * @param bytes of the files, unpacked
   */
  public record Written(int files, long bytes) {}

  /**
   * Writes the tree of a commit; leaves the output open.
   *
   * @throws SourceRefused where the tree has what cannot be deployed
   */
  public Written write(AnyObjectId tree, OutputStream out) throws IOException, SourceRefused {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(repository, reader);
        ZstdOutputStreamNoFinalizer zstd =
            new ZstdOutputStreamNoFinalizer(new Unclosed(out), LEVEL)) {
      zstd.setChecksum(true);
      OutputStream buffered = new BufferedOutputStream(zstd, BUFFER);
      TarArchiveOutputStream tar = tar(buffered);
      walk.setAttributesNodeProvider(new TreeAttributes());
      walk.addTree(tree);
      while (walk.next()) {
        if (!walk.getAttributes().isSet("export-ignore")) {
          entry(walk, reader, tar);
        }
      }
      refuse();
      tar.finish();
      buffered.flush(); // the archive's own flush does not reach it
    }
    return new Written(files, bytes);
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(out, 512, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    return tar;
  }

  private void entry(TreeWalk walk, ObjectReader reader, TarArchiveOutputStream tar)
      throws IOException, SourceRefused {
    String path = walk.getPathString();
    switch (walk.getFileMode().getObjectType()) {
      case Constants.OBJ_TREE -> {
        tar.putArchiveEntry(described(new TarArchiveEntry(path + "/"), 0755));
        tar.closeArchiveEntry();
        walk.enterSubtree();
      }
      case Constants.OBJ_COMMIT -> submodules.add(path);
      default -> {
        files++;
        if (FileMode.SYMLINK.equals(walk.getRawMode(0))) {
          link(path, reader.open(walk.getObjectId(0), Constants.OBJ_BLOB), tar);
        } else {
          file(
              path,
              FileMode.EXECUTABLE_FILE.equals(walk.getRawMode(0)),
              reader.open(walk.getObjectId(0), Constants.OBJ_BLOB),
              tar);
        }
      }
    }
  }

  private static void link(String path, ObjectLoader blob, TarArchiveOutputStream tar)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
    entry.setLinkName(new String(blob.getCachedBytes(HELD_WHOLE), StandardCharsets.UTF_8));
    tar.putArchiveEntry(described(entry, 0777));
    tar.closeArchiveEntry();
  }

  private void file(String path, boolean executable, ObjectLoader blob, TarArchiveOutputStream tar)
      throws IOException, SourceRefused {
    bytes += blob.getSize();
    if (bytes > limit) {
      throw new SourceRefused(log -> log.checkoutTooLarge(limit));
    }
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(blob.getSize());
    tar.putArchiveEntry(described(entry, executable ? 0755 : 0644));
    if (blob.getSize() <= HELD_WHOLE) {
      byte[] content = blob.getCachedBytes(HELD_WHOLE);
      if (LfsPointer.is(content)) {
        pointers.add(path);
      }
      tar.write(content);
    } else {
      copy(blob, tar);
    }
    tar.closeArchiveEntry();
  }

  private void copy(ObjectLoader blob, OutputStream out) throws IOException {
    try (var in = blob.openStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
  }

  /** The compressor wants to be closed; whether what it wrote is kept is for the caller to say. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static TarArchiveEntry described(TarArchiveEntry entry, int mode) {
    entry.setMode(mode);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setLastModifiedTime(EPOCH);
    return entry;
  }

  private void refuse() throws SourceRefused {
    if (submodules.count() > 0) {
      throw new SourceRefused(log -> log.submodules(submodules.named(), submodules.count()));
    }
    if (pointers.count() > 0) {
      throw new SourceRefused(log -> log.lfsPointers(pointers.named(), pointers.count()));
    }
  }
}
