package io.platform.git.source;

import io.platform.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The small text that Git LFS puts in place of a file (git-lfs/docs/spec.md).
 *
 * @param oid the SHA-256 of the file's content
 * @param size of the content, in bytes
 */
public record LfsPointer(Sha256 oid, long size) {
  /** No pointer is longer. */
  static final int LONGEST = 1024;

  private static final byte[] VERSION =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern OID = Pattern.compile("\noid sha256:([0-9a-f]{64})\r?\n");
  private static final Pattern SIZE = Pattern.compile("\nsize ([0-9]{1,18})\r?(?:\n|$)");

  /** Empty where the blob is none. */
  static Optional<LfsPointer> parse(byte[] blob) {
    if (blob.length > LONGEST || blob.length < VERSION.length) {
      return Optional.empty();
    }
    for (int i = 0; i < VERSION.length; i++) {
      if (blob[i] != VERSION[i]) {
        return Optional.empty();
      }
    }
    String text = new String(blob, StandardCharsets.UTF_8);
    Matcher oid = OID.matcher(text);
    Matcher size = SIZE.matcher(text);
    return oid.find() && size.find()
        ? Optional.of(new LfsPointer(new Sha256(oid.group(1)), Long.parseLong(size.group(1))))
        : Optional.empty();
  }
}
