package io.platform.slug.archive;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.platform.slug.BadFormatException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A tree as tar.zst with names relative to its root: a source, a cache. */
public final class TreeArchive {
  private static final int BUFFER = 128 * 1024;

  private TreeArchive() {}

  /** Takes each entry that {@link #read} finds. */
  interface EntryConsumer {
    void accept(TarEntry entry, TarReader content) throws IOException;
  }

  /**
   * Unpacks a pushed source into {@code directory}, which exists and is empty. Files are as new as
   * after a checkout. Reads the archive, not what may follow it, and leaves {@code in} open.
   *
   * @throws UnsafeEntryException if an entry would be written elsewhere
   * @throws TreeLimitException if the files take more than {@code maxBytes}, or are too many
   * @throws BadFormatException if this is no archive, or a damaged one
   */
  public static void unpackSource(InputStream in, Path directory, long maxBytes)
      throws IOException {
    unpack(in, new TreeUnpacker(directory, TreeUnpacker.Times.NOW, TreeLimits.source(maxBytes)));
  }

  /** Unpacks what {@link #writeCache} wrote. */
  public static void unpackCache(InputStream in, Path directory) throws IOException {
    unpack(in, new TreeUnpacker(directory, TreeUnpacker.Times.KEPT, TreeLimits.defaults()));
  }

  /** Writes a cache: fast rather than small. Leaves {@code out} open. */
  public static void writeCache(Path directory, OutputStream out) throws IOException {
    try (TreeWriter writer = new TreeWriter(out, 1, 0, TreeLimits.defaults())) {
      writer.addTree(directory, PathBytes.of(""));
    }
  }

  private static void unpack(InputStream in, TreeUnpacker unpacker) throws IOException {
    read(in, unpacker::unpack);
  }

  static void read(InputStream in, EntryConsumer consumer) throws IOException {
    ZstdLibrary.load();
    try (ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(new Unclosed(in))) {
      readTar(new BufferedInputStream(zstd, BUFFER), consumer);
    } catch (ZstdIOException e) {
      throw new BadFormatException("the archive is damaged (" + e.getMessage() + ")", e);
    }
  }

  private static void readTar(InputStream in, EntryConsumer consumer) throws IOException {
    TarReader tar = new TarReader(in);
    for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      consumer.accept(entry.get(), tar);
    }
  }

  /** Keeps the caller's stream open, for it may have to be read to its end for a digest. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
