package io.platform.slug.archive;

import io.platform.slug.BadFormatException;
import io.platform.slug.Manifest;
import io.platform.slug.ProcessTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The slug: a tar.zst whose entries are those of the app under {@code app/}, sorted, without
 * owners, and then, as the last, its {@link Manifest}. See {@code docs/slug.md}.
 */
public final class SlugArchive {
  private static final PathBytes APP = PathBytes.of("app/");
  private static final PathBytes APP_ITSELF = PathBytes.of("app");
  private static final PathBytes MANIFEST = PathBytes.of(Manifest.ENTRY);
  private static final int LEVEL = 3;

  private static final int MAX_MANIFEST = 64 * 1024;

  private SlugArchive() {}

  /**
   * Writes the slug of a compiled app in one pass, and leaves {@code out} open.
   *
   * @return what the slug says of itself
   */
  public static Manifest write(
      Path app, String stack, String buildpack, ProcessTypes types, OutputStream out)
      throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = processors == 1 ? 0 : Math.min(4, processors);
    try (TreeWriter writer = new TreeWriter(out, LEVEL, threads, TreeLimits.defaults())) {
      writer.addTree(app, APP);
      Manifest manifest =
          new Manifest(
              stack, buildpack, types, writer.files(), writer.bytes(), writer.contentsSha256());
      writer.addFile(Manifest.ENTRY, manifest.toBytes());
      return manifest;
    }
  }

  /**
   * Unpacks a slug into {@code app}, which exists and is empty; leaves {@code in} open.
   *
   * @throws UnsafeEntryException if an entry would be written elsewhere
   * @throws TreeLimitException if the app takes more than {@link TreeLimits} allow
   * @throws BadFormatException if this is no slug, or one that was damaged or cut short
   */
  public static Manifest unpack(InputStream in, Path app) throws IOException {
    return unpack(in, app, TreeLimits.defaults());
  }

  /** As {@link #unpack(InputStream, Path)}, with other limits. */
  public static Manifest unpack(InputStream in, Path app, TreeLimits limits) throws IOException {
    TreeUnpacker unpacker = new TreeUnpacker(app, TreeUnpacker.Times.KEPT, limits);
    AtomicReference<Manifest> manifest = new AtomicReference<>();
    TreeArchive.read(
        in,
        (entry, content) -> {
          if (entry.name().equals(MANIFEST)) {
            manifest.set(Manifest.parse(content.readAtMost(MAX_MANIFEST)));
          } else {
            unpacker.unpack(withoutPrefix(entry), content);
          }
        });
    Manifest found = manifest.get();
    if (found == null) {
      throw new BadFormatException("the slug has no manifest: it was cut short");
    }
    return found;
  }

  private static TarEntry withoutPrefix(TarEntry entry) throws UnsafeEntryException {
    PathBytes name = entry.name();
    if (!name.startsWith(APP) && !name.equals(APP_ITSELF)) {
      throw new UnsafeEntryException(name.quoted(), "is not under `app/`");
    }
    TarEntry named = entry.withName(name.from(Math.min(name.length(), APP.length())));
    return entry.kind() == TarEntry.Kind.HARD_LINK && entry.target().startsWith(APP)
        ? named.withTarget(entry.target().from(APP.length()))
        : named;
  }
}
