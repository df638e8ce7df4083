package io.platform.slug.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a tar: POSIX ustar, and PAX records where a name is long or not ASCII or a number is
 * large. Owners are 0 and nameless, so that the same entries give the same bytes.
 *
 * <p>Names go in as bytes and come out as such; what is no UTF-8 has {@code hdrcharset=BINARY}
 * before it, as POSIX has it. Each entry takes time in proportion to its size: the library for
 * archives encodes a long name again for each character that is too many.
 */
public final class TarWriter {
  private static final PathBytes NOTHING = PathBytes.of("");
  private static final PathBytes RECORDS = PathBytes.of("PaxHeaders/entry");

  private final OutputStream out;
  private final byte[] header = new byte[TarHeader.RECORD];
  private final byte[] zeros = new byte[TarHeader.RECORD];
  private long left;
  private int padding;

  /** Writes to {@code out}, which should have a buffer. */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Adds a directory.
   *
   * @param name without a slash at its end
   */
  public void directory(PathBytes name, int mode, long seconds) throws IOException {
    entry('5', name.plus(PathBytes.of("/")), NOTHING, mode, seconds, 0);
  }

  /** Adds a symbolic link. */
  public void link(PathBytes name, PathBytes target, long seconds) throws IOException {
    entry('2', name, target, 0777, seconds, 0);
  }

  /** Begins a file; exactly {@code size} bytes have to be written then, and {@link #endFile}. */
  public void file(PathBytes name, int mode, long seconds, long size) throws IOException {
    entry('0', name, NOTHING, mode, seconds, size);
    left = size;
    padding = TarHeader.padding(size);
  }

  /** Writes content of the file. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > left) {
      throw new IOException("a file grew while it was archived");
    }
    out.write(bytes, offset, length);
    left -= length;
  }

  /** Ends the file. */
  public void endFile() throws IOException {
    if (left > 0) {
      throw new IOException("a file became shorter while it was archived");
    }
    out.write(zeros, 0, padding);
  }

  /** Ends the archive, and leaves the output open. */
  public void finish() throws IOException {
    out.write(zeros);
    out.write(zeros);
  }

  private void entry(char type, PathBytes name, PathBytes target, int mode, long seconds, long size)
      throws IOException {
    byte[] records = records(name, target, seconds, size);
    if (records.length > 0) {
      header(
          'x', RECORDS, NOTHING, 0644, Math.clamp(seconds, 0, TarHeader.LARGEST), records.length);
      out.write(records);
      out.write(zeros, 0, TarHeader.padding(records.length));
    }
    header(
        type,
        name,
        target,
        mode,
        Math.clamp(seconds, 0, TarHeader.LARGEST),
        size > TarHeader.LARGEST ? 0 : size);
  }

  private void header(
      char type, PathBytes name, PathBytes target, int mode, long seconds, long size)
      throws IOException {
    System.arraycopy(zeros, 0, header, 0, header.length);
    putText(TarHeader.NAME, name);
    TarHeader.putNumber(header, TarHeader.MODE, TarHeader.NUMBER, mode);
    TarHeader.putNumber(header, TarHeader.OWNER, TarHeader.NUMBER, 0);
    TarHeader.putNumber(header, TarHeader.GROUP, TarHeader.NUMBER, 0);
    TarHeader.putNumber(header, TarHeader.SIZE, TarHeader.LONG_NUMBER, size);
    TarHeader.putNumber(header, TarHeader.MODIFIED, TarHeader.LONG_NUMBER, seconds);
    header[TarHeader.TYPE] = (byte) type;
    putText(TarHeader.TARGET, target);
    TarHeader.putMagic(header);
    TarHeader.putNumber(header, TarHeader.MAJOR, TarHeader.NUMBER, 0);
    TarHeader.putNumber(header, TarHeader.MINOR, TarHeader.NUMBER, 0);
    TarHeader.putChecksum(header);
    out.write(header);
  }

  /** What a reader without PAX gets: cut off, and a line for each byte that is not ASCII. */
  private void putText(int offset, PathBytes text) {
    int length = Math.min(TarHeader.NAME_LENGTH, text.length());
    for (int i = 0; i < length; i++) {
      byte b = text.at(i);
      header[offset + i] = b < 0 ? (byte) '_' : b;
    }
  }

  private static byte[] records(PathBytes name, PathBytes target, long seconds, long size) {
    boolean longName = isExtended(name);
    boolean longTarget = isExtended(target);
    if (!longName
        && !longTarget
        && seconds >= 0
        && seconds <= TarHeader.LARGEST
        && size <= TarHeader.LARGEST) {
      return new byte[0];
    }
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    if ((longName && !name.isUtf8()) || (longTarget && !target.isUtf8())) {
      record(records, "hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
    }
    if (longName) {
      record(records, "path", name.bytes());
    }
    if (longTarget) {
      record(records, "linkpath", target.bytes());
    }
    if (size > TarHeader.LARGEST) {
      record(records, "size", Long.toString(size).getBytes(StandardCharsets.US_ASCII));
    }
    if (seconds < 0 || seconds > TarHeader.LARGEST) {
      record(records, "mtime", Long.toString(seconds).getBytes(StandardCharsets.US_ASCII));
    }
    return records.toByteArray();
  }

  private static boolean isExtended(PathBytes text) {
    return text.length() > TarHeader.NAME_LENGTH || !text.isAscii();
  }

  /** A record begins with its own length, which counts its own digits. */
  private static void record(ByteArrayOutputStream out, String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    out.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(value);
    out.write('\n');
  }
}
