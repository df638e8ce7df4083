package io.platform.git.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a pack byte by byte (gitformat-pack), also one that no git would write: sizes and counts
 * are whatever the test claims.
 */
public final class PackBuilder {
  public static final int COMMIT = 1;
  public static final int TREE = 2;
  public static final int BLOB = 3;
  public static final int TAG = 4;
  private static final int OFS_DELTA = 6;
  private static final int REF_DELTA = 7;
  private static final String ZERO = "0".repeat(40);
  private static final int SLICE = 64 * 1024;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private long count;

  /** Where the next entry begins. */
  public int position() {
    return 12 + entries.size();
  }

  /** An object, whole; its name. */
  public String object(int type, byte[] content) throws IOException {
    entry(type, content.length);
    deflate(content);
    return name(type, content);
  }

  /** An object of which only the header is true to what it claims. */
  public PackBuilder claim(int type, long size, byte[] content) throws IOException {
    entry(type, size);
    deflate(content);
    return this;
  }

  /** A whole object of so many times the same byte, which takes a thousandth of it in the pack. */
  public PackBuilder zeros(int type, long size) throws IOException {
    entry(type, size);
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(new Kept(), new Deflater(Deflater.BEST_SPEED))) {
      byte[] slice = new byte[SLICE];
      for (long left = size; left > 0; left -= SLICE) {
        out.write(slice, 0, (int) Math.min(left, SLICE));
      }
    }
    return this;
  }

  /** A delta upon the entry that begins there. */
  public PackBuilder offsetDelta(int base, byte[] delta) throws IOException {
    int distance = position() - base;
    entry(OFS_DELTA, delta.length);
    byte[] bytes = new byte[5];
    int at = bytes.length - 1;
    bytes[at] = (byte) (distance & 0x7f);
    for (int rest = distance >> 7; rest > 0; rest >>= 7) {
      rest--;
      bytes[--at] = (byte) (0x80 | (rest & 0x7f));
    }
    entries.write(bytes, at, bytes.length - at);
    deflate(delta);
    return this;
  }

  /** A delta upon an object by its name. */
  public PackBuilder namedDelta(String base, byte[] delta) throws IOException {
    entry(REF_DELTA, delta.length);
    entries.writeBytes(HexFormat.of().parseHex(base));
    deflate(delta);
    return this;
  }

  /** Bytes as they are, in place of an entry. */
  public PackBuilder raw(byte[] bytes) {
    count++;
    entries.writeBytes(bytes);
    return this;
  }

  private void entry(int type, long size) {
    count++;
    long rest = size >>> 4;
    entries.write((int) ((type << 4) | (size & 0xf)) | (rest > 0 ? 0x80 : 0));
    for (; rest > 0; rest >>>= 7) {
      entries.write((int) (rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    }
  }

  private void deflate(byte[] content) throws IOException {
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(new Kept(), new Deflater(Deflater.BEST_SPEED))) {
      out.write(content);
    }
  }

  /** The pack's entries, which are not closed with what is written to them. */
  private final class Kept extends java.io.OutputStream {
    @Override
    public void write(int b) {
      entries.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      entries.write(bytes, offset, length);
    }
  }

  /** The whole pack. */
  public byte[] build() {
    return build(count);
  }

  /** The whole pack, which claims to have so many objects. */
  public byte[] build(long objects) {
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    pack.writeBytes("PACK".getBytes(StandardCharsets.US_ASCII));
    pack.writeBytes(new byte[] {0, 0, 0, 2});
    for (int shift = 24; shift >= 0; shift -= 8) {
      pack.write((int) (objects >> shift));
    }
    pack.writeBytes(entries.toByteArray());
    pack.writeBytes(sha1().digest(pack.toByteArray()));
    return pack.toByteArray();
  }

  /** A push of the pack that creates a branch. */
  public static byte[] push(String branch, String tip, byte[] pack) {
    String command =
        "%s %s refs/heads/%s\0 report-status side-band-64k agent=test\n"
            .formatted(ZERO, tip, branch);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "%04x%s0000".formatted(command.length() + 4, command).getBytes(StandardCharsets.UTF_8));
    body.writeBytes(pack);
    return body.toByteArray();
  }

  /** A delta with these sizes and instructions. */
  public static byte[] delta(long base, long result, byte[]... instructions) {
    ByteArrayOutputStream delta = new ByteArrayOutputStream();
    for (long size : new long[] {base, result}) {
      for (long rest = size; ; rest >>>= 7) {
        delta.write((int) (rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
        if (rest <= 0x7f) {
          break;
        }
      }
    }
    for (byte[] instruction : instructions) {
      delta.writeBytes(instruction);
    }
    return delta.toByteArray();
  }

  /** Copies from the base; at most 0xffffff bytes. */
  public static byte[] copy(int offset, int length) {
    return new byte[] {
      (byte) 0xff,
      (byte) offset,
      (byte) (offset >> 8),
      (byte) (offset >> 16),
      (byte) (offset >> 24),
      (byte) length,
      (byte) (length >> 8),
      (byte) (length >> 16)
    };
  }

  /** Inserts up to 127 bytes. */
  public static byte[] insert(byte[] bytes) {
    byte[] instruction = new byte[bytes.length + 1];
    instruction[0] = (byte) bytes.length;
    System.arraycopy(bytes, 0, instruction, 1, bytes.length);
    return instruction;
  }

  /** An entry of a tree. */
  public static byte[] treeEntry(String mode, String name, String id) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes((mode + " " + name + "\0").getBytes(StandardCharsets.UTF_8));
    entry.writeBytes(HexFormat.of().parseHex(id));
    return entry.toByteArray();
  }

  public static byte[] commit(String tree, String... parents) {
    StringBuilder text = new StringBuilder("tree %s\n".formatted(tree));
    for (String parent : parents) {
      text.append("parent %s\n".formatted(parent));
    }
    text.append("author A <a@example.com> 1 +0000\ncommitter A <a@example.com> 1 +0000\n\nm\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static String name(int type, byte[] content) {
    String kind = new String[] {"", "commit", "tree", "blob", "tag"}[type];
    MessageDigest digest = sha1();
    digest.update("%s %d\0".formatted(kind, content.length).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(content));
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
