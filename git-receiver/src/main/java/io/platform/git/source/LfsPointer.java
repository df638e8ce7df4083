package io.platform.git.source;

import java.nio.charset.StandardCharsets;

/** Recognises the small text that Git LFS puts in place of a file (git-lfs/docs/spec.md). */
final class LfsPointer {
  /** No pointer is longer. */
  static final int LONGEST = 1024;

  private static final byte[] VERSION =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  private LfsPointer() {}

  static boolean is(byte[] blob) {
    if (blob.length > LONGEST || blob.length < VERSION.length) {
      return false;
    }
    for (int i = 0; i < VERSION.length; i++) {
      if (blob[i] != VERSION[i]) {
        return false;
      }
    }
    String text = new String(blob, StandardCharsets.UTF_8);
    return text.contains("\noid sha256:") && text.contains("\nsize ");
  }
}
