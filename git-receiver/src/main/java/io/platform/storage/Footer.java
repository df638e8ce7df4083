package io.platform.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HexFormat;

/**
 * The last 40 bytes of an object's file: the SHA-256 of all bytes before them. Content and digest
 * are one file, so that one rename makes both visible, and no kill can leave one without the other.
 *
 * <p>The form is a skippable frame of the Zstandard format (RFC 8878, 3.1.2), so that {@code zstd}
 * and {@code tar} read the file of a compressed object as it is.
 */
final class Footer {
  static final int LENGTH = 40;
  private static final int MAGIC = 0x184D2A5C;
  private static final int DIGEST = 32;

  private Footer() {}

  static ByteBuffer of(byte[] sha256) {
    return ByteBuffer.allocate(LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(DIGEST)
        .put(sha256)
        .flip();
  }

  /** The digest at a file's end, in hexadecimal digits. */
  static String read(FileChannel file, String key) throws IOException {
    long start = file.size() - LENGTH;
    ByteBuffer footer = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    while (start >= 0
        && footer.hasRemaining()
        && file.read(footer, start + footer.position()) > 0) {
      // until it is whole
    }
    footer.flip();
    if (footer.remaining() < LENGTH || footer.getInt() != MAGIC || footer.getInt() != DIGEST) {
      throw new IOException(
          "The stored object %s is damaged: its file does not end with its digest. Delete it, and push again."
              .formatted(key));
    }
    byte[] digest = new byte[DIGEST];
    footer.get(digest);
    return HexFormat.of().formatHex(digest);
  }
}
