package io.platform.slug;

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
  private static final String APP = "app/";
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
    try (TreeWriter writer = new TreeWriter(out, LEVEL, threads)) {
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
   * @throws BadFormatException if this is no slug, or one that was damaged or cut short
   */
  public static Manifest unpack(InputStream in, Path app) throws IOException {
    TreeUnpacker unpacker =
        new TreeUnpacker(
            app, TreeUnpacker.OutwardLinks.KEPT, TreeUnpacker.Times.KEPT, Long.MAX_VALUE);
    AtomicReference<Manifest> manifest = new AtomicReference<>();
    TreeArchive.read(
        in,
        (entry, content) -> {
          String name = entry.getName();
          if (name.equals(Manifest.ENTRY)) {
            manifest.set(Manifest.parse(content.readNBytes(MAX_MANIFEST)));
          } else if (name.startsWith(APP)) {
            if (entry.isLink() && entry.getLinkName().startsWith(APP)) {
              entry.setLinkName(entry.getLinkName().substring(APP.length()));
            }
            unpacker.unpack(entry, name.substring(APP.length()), content);
          } else {
            throw new UnsafeEntryException(name, "is not under `app/`");
          }
        });
    unpacker.finish();
    Manifest found = manifest.get();
    if (found == null) {
      throw new BadFormatException("the slug has no manifest: it was cut short");
    }
    return found;
  }
}
