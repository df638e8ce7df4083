package io.platform.storage.directory;

import io.platform.storage.Digests;
import io.platform.storage.ObjectInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The end of an object's file: the SHA-256 of all bytes before it, and the object's metadata.
 * Content and footer are one file, so that one rename makes both visible, and no kill can leave one
 * without the other.
 *
 * <p>The form is a skippable frame of the Zstandard format (RFC 8878, 3.1.2), so that {@code zstd}
 * and {@code tar} read the file of a compressed object as it is. Without metadata it is the frame's
 * head and the digest, 40 bytes. Metadata has a frame of its own before that: lines of {@code
 * name=value}; the last frame is then of another kind, and has the length of those lines behind the
 * digest.
 *
 * @param content the size of what is before it
 */
record ObjectFooter(long content, String sha256Hex, Map<String, String> metadata) {
  /** Of a footer without metadata. */
  static final int LENGTH = 40;

  private static final int HEAD = 8;
  private static final int MAGIC = 0x184D2A5C;
  private static final int MAGIC_WITH_METADATA = 0x184D2A5D;
  private static final int DIGEST = 32;
  private static final int DIGEST_AND_LENGTH = DIGEST + Integer.BYTES;
  private static final int MOST_METADATA = 8192;

  static ByteBuffer bytes(byte[] sha256, Map<String, String> metadata) {
    if (metadata.isEmpty()) {
      return buffer(LENGTH).putInt(MAGIC).putInt(DIGEST).put(sha256).flip();
    }
    byte[] lines = lines(metadata);
    return buffer(2 * HEAD + lines.length + DIGEST_AND_LENGTH)
        .putInt(MAGIC)
        .putInt(lines.length)
        .put(lines)
        .putInt(MAGIC_WITH_METADATA)
        .putInt(DIGEST_AND_LENGTH)
        .put(sha256)
        .putInt(lines.length)
        .flip();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] lines(Map<String, String> metadata) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(metadata)
        .forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The footer at a file's end. */
  static ObjectFooter read(FileChannel file, String key) throws IOException {
    long size = file.size();
    ByteBuffer plain = at(file, size - LENGTH, LENGTH);
    if (plain.remaining() == LENGTH && plain.getInt() == MAGIC && plain.getInt() == DIGEST) {
      return new ObjectFooter(size - LENGTH, digest(plain), Map.of());
    }
    int length = HEAD + DIGEST_AND_LENGTH;
    ByteBuffer last = at(file, size - length, length);
    if (last.remaining() == length
        && last.getInt() == MAGIC_WITH_METADATA
        && last.getInt() == DIGEST_AND_LENGTH) {
      String sha256 = digest(last);
      int lines = last.getInt();
      long content = size - length - lines - HEAD;
      if (lines > 0 && lines <= MOST_METADATA && content >= 0) {
        return new ObjectFooter(content, sha256, parse(at(file, content + HEAD, lines)));
      }
    }
    throw new IOException(
        "The stored object %s is damaged: its file does not end with its digest. Delete it, and push again."
            .formatted(key));
  }

  /** So many bytes at a position; fewer where the file has no more. */
  private static ByteBuffer at(FileChannel file, long position, int length) throws IOException {
    ByteBuffer bytes = buffer(length);
    while (position >= 0
        && bytes.hasRemaining()
        && file.read(bytes, position + bytes.position()) > 0) {
      // until it is whole
    }
    return bytes.flip();
  }

  private static String digest(ByteBuffer bytes) {
    byte[] digest = new byte[DIGEST];
    bytes.get(digest);
    return Digests.hex(digest);
  }

  private static Map<String, String> parse(ByteBuffer lines) {
    Map<String, String> metadata = new TreeMap<>();
    StandardCharsets.UTF_8
        .decode(lines)
        .toString()
        .lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          if (equals > 0) {
            metadata.put(line.substring(0, equals), line.substring(equals + 1));
          }
        });
    return metadata;
  }

  ObjectInfo info(String key, Instant modified) {
    return new ObjectInfo(key, content, sha256Hex, modified, metadata);
  }
}
