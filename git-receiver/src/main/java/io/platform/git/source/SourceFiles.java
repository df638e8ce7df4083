package io.platform.git.source;

import io.platform.domain.SourceFault;
import io.platform.git.source.TreeEntries.Entry;
import io.platform.slug.archive.PathBytes;
import io.platform.slug.archive.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Writes the files of a walk to a tar archive, and collects those that cannot be deployed. From the
 * first of that on nothing is written: it is only looked for more.
 */
final class SourceFiles {
  /**
   * The time of every entry: 1980-01-01T00:00:01Z, as Cloud Native Buildpacks have it; zip knows
   * none before 1980.
   */
  private static final long TIME = Instant.parse("1980-01-01T00:00:01Z").getEpochSecond();

  private static final int HELD_WHOLE = 1024 * 1024;
  private static final int EXPANDED = 16;

  /** What the platform itself reads, where it would follow a link. */
  private static final Set<PathBytes> READ =
      Set.of(
          PathBytes.of("Procfile"),
          PathBytes.of("package.json"),
          PathBytes.of(".slugignore"),
          PathBytes.of(TreeAttributes.FILE));

  private final ObjectReader reader;
  private final SourceLimits limits;
  private final LfsContents lfs;
  private final TarWriter tar;
  private final ExportSubst subst;
  private final PathSample sample = new PathSample();
  private final Deque<PathBytes> unwritten = new ArrayDeque<>();
  private final byte[] buffer = new byte[128 * 1024];
  private int files;
  private long bytes;

  SourceFiles(
      ObjectReader reader,
      RevCommit commit,
      SourceLimits limits,
      LfsContents lfs,
      OutputStream out) {
    this.reader = reader;
    this.limits = limits;
    this.lfs = lfs;
    this.tar = new TarWriter(out);
    this.subst = new ExportSubst(commit);
  }

  /**
   * A directory is written with the first file in it, be that one left out: git archives no
   * directory that has none but such as are left out.
   */
  void enter(PathBytes directory) {
    checkName(directory);
    unwritten.addLast(directory);
  }

  /** Something that is no directory was found in the directory that was entered last. */
  void keepDirectories() throws IOException {
    if (writes()) {
      for (Iterator<PathBytes> above = unwritten.iterator(); above.hasNext(); above.remove()) {
        tar.directory(above.next(), 0755, TIME);
      }
    }
  }

  void leave() {
    unwritten.pollLast();
  }

  void add(PathBytes path, Entry entry, boolean substituted)
      throws IOException, SourceFaultsException {
    checkName(path);
    if (entry.mode().equals(FileMode.GITLINK)) {
      sample.add(SourceFault.Kind.SUBMODULE, path);
      return;
    }
    files++;
    if (entry.mode().equals(FileMode.SYMLINK)) {
      link(path, entry);
    } else if (entry.isFile()) {
      file(path, entry, substituted);
    } else {
      throw new CorruptObjectException(entry.id(), "an entry of a tree has an unknown mode");
    }
  }

  /** Ends the archive. */
  ArchivedSource finish() throws IOException, SourceFaultsException {
    if (!sample.isEmpty()) {
      throw new SourceFaultsException(sample.faults());
    }
    tar.finish();
    return new ArchivedSource(files, bytes);
  }

  private void checkName(PathBytes path) {
    byte[] bytesOfPath = path.bytes();
    int begin = bytesOfPath.length;
    while (begin > 0 && bytesOfPath[begin - 1] != '/') {
      begin--;
    }
    if (bytesOfPath.length - begin > SourceLimits.NAME_BYTES) {
      sample.add(SourceFault.Kind.LONG_NAME, path);
    }
  }

  private void link(PathBytes path, Entry entry) throws IOException, SourceFaultsException {
    ObjectLoader blob = open(entry);
    if (blob.getSize() > SourceLimits.LINK_BYTES) {
      sample.add(SourceFault.Kind.LINK_TARGET, path);
      return;
    }
    PathBytes target = PathBytes.of(blob.getCachedBytes(SourceLimits.LINK_BYTES));
    LinkTarget link = LinkTarget.of(path, target);
    if (link == LinkTarget.IMPOSSIBLE) {
      sample.add(SourceFault.Kind.LINK_TARGET, path);
    } else if (link == LinkTarget.LEADS_OUT && READ.contains(path)) {
      sample.add(SourceFault.Kind.LINK_LEADS_OUT, path);
    } else if (writes()) {
      tar.link(path, target, TIME);
    }
  }

  private void file(PathBytes path, Entry entry, boolean substituted)
      throws IOException, SourceFaultsException {
    ObjectLoader blob = open(entry);
    long size = blob.getSize();
    if (substituted) {
      substituted(path, entry, blob);
      return;
    }
    if (size <= LfsPointer.LONGEST) {
      small(path, entry, blob.getCachedBytes(LfsPointer.LONGEST));
      return;
    }
    add(path, size);
    if (writes() && size <= HELD_WHOLE) {
      write(path, entry, blob.getCachedBytes(HELD_WHOLE));
    } else if (writes()) {
      copy(path, entry, size, blob.openStream());
    }
  }

  /** A file that may be a Git LFS pointer, in place of which the app gets the content. */
  private void small(PathBytes path, Entry entry, byte[] content)
      throws IOException, SourceFaultsException {
    Optional<LfsPointer> found = LfsPointer.parse(content);
    if (found.isEmpty()) {
      add(path, content.length);
      write(path, entry, content);
      return;
    }
    LfsPointer pointer = found.get();
    if (!lfs.has(pointer)) {
      sample.add(SourceFault.Kind.LFS_POINTER, path);
      return;
    }
    add(path, pointer.size());
    if (writes()) {
      copy(path, entry, pointer.size(), lfs.open(pointer));
    }
  }

  private void substituted(PathBytes path, Entry entry, ObjectLoader blob)
      throws IOException, SourceFaultsException {
    int most = limits.attributes().substBytes();
    if (blob.getSize() > most) {
      throw SourceFaultsException.over(SourceFault.Limit.SUBSTITUTED_BYTES, most, path.quoted());
    }
    try {
      byte[] content = subst.expand(blob.getCachedBytes(most), EXPANDED * most);
      add(path, content.length);
      write(path, entry, content);
    } catch (ExportSubst.UnknownPlaceholder e) {
      sample.add(SourceFault.Kind.PLACEHOLDER, path.quoted() + " (" + e.placeholder() + ")");
    } catch (ExportSubst.TooLong e) {
      throw SourceFaultsException.over(SourceFault.Limit.SUBSTITUTED_BYTES, most, path.quoted());
    }
  }

  private void add(PathBytes path, long size) throws SourceFaultsException {
    if (size > limits.bytes() - bytes) {
      throw SourceFaultsException.over(SourceFault.Limit.BYTES, limits.bytes(), path.quoted());
    }
    bytes += size;
  }

  private void write(PathBytes path, Entry entry, byte[] content) throws IOException {
    if (writes()) {
      tar.file(path, mode(entry), TIME, content.length);
      tar.write(content, 0, content.length);
      tar.endFile();
    }
  }

  private boolean writes() {
    return sample.isEmpty();
  }

  /** To be called once for each: to find an object in the packs is most of the work. */
  private ObjectLoader open(Entry entry) throws IOException {
    return reader.open(entry.id(), Constants.OBJ_BLOB);
  }

  private static int mode(Entry entry) {
    return entry.mode().equals(FileMode.EXECUTABLE_FILE) ? 0755 : 0644;
  }

  private void copy(PathBytes path, Entry entry, long size, InputStream content)
      throws IOException {
    try (content) {
      tar.file(path, mode(entry), TIME, size);
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        tar.write(buffer, 0, n);
      }
      tar.endFile();
    }
  }
}
