package io.platform.slug;

import java.util.regex.Pattern;

/**
 * Size and digest of stored bytes.
 *
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record Blob(long size, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Blob {
    if (size < 0 || !SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("no size and SHA-256: " + size + ", " + sha256);
    }
  }

  /** {@code {"size":N,"sha256":"hex"}}. */
  public JsonObject toJson() {
    return new JsonObject().with("size", size).with("sha256", sha256);
  }

  public static Blob from(JsonObject json) throws BadFormatException {
    try {
      return new Blob(json.number("size"), json.string("sha256"));
    } catch (IllegalArgumentException bad) {
      throw new BadFormatException("\"size\" or \"sha256\" is not valid", bad);
    }
  }
}
