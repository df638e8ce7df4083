package io.platform.git.source;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.platform.slug.archive.ZstdLibrary;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Writes a commit's tree as tar.zst in one pass and with constant memory, as {@code git archive}
 * has it: without what is {@code export-ignore}, with {@code export-subst}; and with the content of
 * Git LFS files in place of their pointers. The same commit gives the same bytes: entries in git's
 * order, no owner, and one time for all.
 */
public final class SourceArchive {
  private static final int BUFFER = 128 * 1024;
  private static final int LEVEL = 1;

  private final Repository repository;
  private final SourceLimits limits;
  private final LfsContents lfs;

  /**
   * Archives commits of a repository.
   *
   * @param lfs what Git LFS pointers in its trees stand for
   */
  public SourceArchive(Repository repository, SourceLimits limits, LfsContents lfs) {
    this.repository = repository;
    this.limits = limits;
    this.lfs = lfs;
  }

  /**
   * Writes the tree of a commit; leaves the output open.
   *
   * @throws SourceFaultsException where the tree cannot be deployed; what was written is no archive
   *     then
   */
  public ArchivedSource write(AnyObjectId commit, OutputStream out)
      throws IOException, SourceFaultsException {
    ZstdLibrary.load();
    try (ObjectReader reader = repository.newObjectReader();
        RevWalk walk = new RevWalk(reader);
        ZstdOutputStreamNoFinalizer zstd =
            new ZstdOutputStreamNoFinalizer(new Unclosed(out), LEVEL)) {
      zstd.setChecksum(true);
      OutputStream buffered = new BufferedOutputStream(zstd, BUFFER);
      ArchivedSource written = writeTar(reader, walk.parseCommit(commit), limits, lfs, buffered);
      buffered.flush(); // the archive's own flush does not reach it
      return written;
    }
  }

  /** Writes the tree as it is compressed then: whatever its objects are, within the limits. */
  static ArchivedSource writeTar(
      ObjectReader reader, RevCommit commit, SourceLimits limits, LfsContents lfs, OutputStream out)
      throws IOException, SourceFaultsException {
    SourceFiles files = new SourceFiles(reader, commit, limits, lfs, out);
    new SourceTree(reader, limits, files).walk(commit.getTree());
    return files.finish();
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
}
