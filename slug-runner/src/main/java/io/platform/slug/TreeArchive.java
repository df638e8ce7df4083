package io.platform.slug;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A tree as tar.zst with names relative to its root: a source, a cache. */
public final class TreeArchive {
  private TreeArchive() {}

  /** What {@link #read} calls for each entry. */
  interface EntryConsumer {
    void accept(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  /**
   * Unpacks a pushed source into {@code directory}, which exists and is empty. Files are as new as
   * after a checkout. Reads the archive, not what may follow it, and leaves {@code in} open.
   *
   * @throws UnsafeEntryException if a file or link would leave the directory
   * @throws TooLargeException if the files take more than {@code maxBytes}
   * @throws BadFormatException if this is no archive, or a damaged one
   */
  public static void unpackSource(InputStream in, Path directory, long maxBytes)
      throws IOException {
    unpack(
        in,
        new TreeUnpacker(
            directory, TreeUnpacker.OutwardLinks.REFUSED, TreeUnpacker.Times.NOW, maxBytes));
  }

  /** Unpacks what {@link #writeCache} wrote. */
  public static void unpackCache(InputStream in, Path directory) throws IOException {
    unpack(
        in,
        new TreeUnpacker(
            directory, TreeUnpacker.OutwardLinks.KEPT, TreeUnpacker.Times.KEPT, Long.MAX_VALUE));
  }

  /** Writes a cache: fast rather than small. Leaves {@code out} open. */
  public static void writeCache(Path directory, OutputStream out) throws IOException {
    try (TreeWriter writer = new TreeWriter(out, 1, 0)) {
      writer.addTree(directory, "");
    }
  }

  private static void unpack(InputStream in, TreeUnpacker unpacker) throws IOException {
    read(in, (entry, content) -> unpacker.unpack(entry, entry.getName(), content));
    unpacker.finish();
  }

  static void read(InputStream in, EntryConsumer consumer) throws IOException {
    Source source = new Source(in);
    try (ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(source);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(zstd, StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = next(tar, source); entry != null; entry = next(tar, source)) {
        consumer.accept(entry, tar);
      }
    } catch (ZstdIOException damaged) {
      throw damaged(damaged);
    }
  }

  /** The next header; where the stream below did not fail, it is the archive that is wrong. */
  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, Source source)
      throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException failure) {
      if (source.failed && failure instanceof IOException unreadable) {
        throw unreadable;
      }
      throw damaged(failure);
    }
  }

  private static BadFormatException damaged(Exception cause) {
    return new BadFormatException("the archive is damaged (" + cause.getMessage() + ")", cause);
  }

  /**
   * Keeps the caller's stream open, for it may have to be read to its end for a digest, and knows
   * whether it failed.
   */
  private static final class Source extends FilterInputStream {
    private boolean failed;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException failure) {
        failed = true;
        throw failure;
      }
    }

    @Override
    public void close() {}
  }
}
