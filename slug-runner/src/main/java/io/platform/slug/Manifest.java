package io.platform.slug;

/**
 * The description of a slug in its last entry, {@link #ENTRY}; a slug without it is incomplete. The
 * digest of the slug as stored cannot be in the slug; the {@link BuildReport} has it.
 *
 * @param stack what the slug runs on
 * @param buildpack the name that it gave itself
 * @param files how many entries there are under {@code app/}
 * @param unpackedBytes sum of the sizes of the regular files
 * @param contentsSha256 see {@code docs/slug.md}: SHA-256 over {@code <sha256 of file>
 *     app/<path>\n} of the regular files in the order of the archive
 */
public record Manifest(
    String stack,
    String buildpack,
    ProcessTypes processTypes,
    long files,
    long unpackedBytes,
    String contentsSha256) {
  /** The archive's entry that holds it. */
  public static final String ENTRY = ".platform/manifest.json";

  private static final long FORMAT = 1;

  public byte[] toBytes() {
    return new JsonObject()
        .with("format", FORMAT)
        .with("stack", stack)
        .with("buildpack", buildpack)
        .with("process_types", processTypes.toJson())
        .with("files", files)
        .with("unpacked_bytes", unpackedBytes)
        .with("contents_sha256", contentsSha256)
        .toBytes();
  }

  public static Manifest parse(byte[] bytes) throws BadFormatException {
    JsonObject json = JsonObject.parse(bytes);
    if (json.number("format") != FORMAT) {
      throw new BadFormatException(
          "the slug has format " + json.number("format") + ", known is " + FORMAT);
    }
    return new Manifest(
        json.string("stack"),
        json.string("buildpack"),
        ProcessTypes.from(json.object("process_types")),
        json.number("files"),
        json.number("unpacked_bytes"),
        json.string("contents_sha256"));
  }
}
