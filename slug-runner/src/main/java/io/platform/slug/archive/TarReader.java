package io.platform.slug.archive;

import io.platform.slug.BadFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar that is not trusted: POSIX ustar with PAX records, and GNU's long names. What is held
 * of one entry in memory is bounded, whatever the archive claims, and names are given as the bytes
 * that they are; the library for archives does neither.
 */
final class TarReader {
  /** More bytes than the records of one entry need: a path and a target have 4,096 each. */
  private static final int MOST_RECORDS = 64 * 1024;

  /** How many headers may describe one entry. */
  private static final int MOST_HEADERS = 16;

  private final InputStream in;
  private final byte[] header = new byte[TarHeader.RECORD];
  private long left;
  private int padding;

  /** Reads {@code in}, which stays open. */
  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next entry; empty at the archive's end. What was not read of the one before is skipped.
   *
   * @throws BadFormatException if this is no archive, or a damaged one
   */
  Optional<TarEntry> next() throws IOException {
    skipContent();
    Map<String, byte[]> records = new HashMap<>();
    for (int headers = 0; headers < MOST_HEADERS; headers++) {
      if (!readHeader()) {
        if (!records.isEmpty()) {
          throw damaged("it ends behind the name of an entry");
        }
        return Optional.empty();
      }
      long size = TarHeader.number(header, TarHeader.SIZE, TarHeader.LONG_NUMBER);
      switch (header[TarHeader.TYPE]) {
        case 'x' -> parse(content(size), records);
        case 'g' -> content(size);
        case 'L' -> records.putIfAbsent("path", text(content(size)));
        case 'K' -> records.putIfAbsent("linkpath", text(content(size)));
        default -> {
          return Optional.of(entry(records, size));
        }
      }
    }
    throw damaged("one entry has more than " + MOST_HEADERS + " headers");
  }

  /** Reads content of the current entry; -1 at its end. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw damaged("it ends in the middle of a file");
    }
    left -= count;
    return count;
  }

  /** The current entry's content, of which at most {@code most} bytes are read. */
  byte[] readAtMost(int most) throws IOException {
    byte[] bytes = new byte[(int) Math.min(most, left)];
    for (int filled = 0; filled < bytes.length; ) {
      filled += read(bytes, filled, bytes.length - filled);
    }
    return bytes;
  }

  private TarEntry entry(Map<String, byte[]> records, long headerSize) throws BadFormatException {
    byte type = header[TarHeader.TYPE];
    PathBytes name = PathBytes.of(records.getOrDefault("path", nameInHeader()));
    boolean directory = type == '5' || (isFile(type) && endsWithSlash(name));
    TarEntry.Kind kind =
        records.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))
            ? TarEntry.Kind.OTHER
            : directory
                ? TarEntry.Kind.DIRECTORY
                : switch (type) {
                  case '0', 0 -> TarEntry.Kind.FILE;
                  case '1' -> TarEntry.Kind.HARD_LINK;
                  case '2' -> TarEntry.Kind.SYMBOLIC_LINK;
                  default -> TarEntry.Kind.OTHER;
                };
    long size = records.containsKey("size") ? decimal(records.get("size")) : headerSize;
    // POSIX lets a hard link carry content; nobody writes that, and to take it would be a file.
    if (size < 0 || (kind != TarEntry.Kind.FILE && kind != TarEntry.Kind.OTHER && size != 0)) {
      throw damaged("an entry that is no file has content");
    }
    left = size;
    padding = TarHeader.padding(size);
    return new TarEntry(
        kind,
        withoutSlashes(name),
        PathBytes.of(
            records.getOrDefault("linkpath", text(TarHeader.TARGET, TarHeader.NAME_LENGTH))),
        (int) (TarHeader.number(header, TarHeader.MODE, TarHeader.NUMBER) & 0777),
        records.containsKey("mtime")
            ? decimal(records.get("mtime"))
            : TarHeader.number(header, TarHeader.MODIFIED, TarHeader.LONG_NUMBER),
        size);
  }

  private static boolean isFile(byte type) {
    return type == '0' || type == 0;
  }

  private static boolean endsWithSlash(PathBytes name) {
    return name.length() > 0 && name.at(name.length() - 1) == '/';
  }

  /** But for the one that an absolute name begins with. */
  private static PathBytes withoutSlashes(PathBytes name) {
    int end = name.length();
    while (end > 1 && name.at(end - 1) == '/') {
      end--;
    }
    return name.part(0, end);
  }

  private byte[] nameInHeader() {
    byte[] name = text(TarHeader.NAME, TarHeader.NAME_LENGTH);
    byte[] prefix =
        TarHeader.isUstar(header) ? text(TarHeader.PREFIX, TarHeader.PREFIX_LENGTH) : new byte[0];
    return prefix.length == 0
        ? name
        : PathBytes.of(prefix).plus(PathBytes.of("/")).plus(PathBytes.of(name)).bytes();
  }

  private byte[] text(int offset, int length) {
    return text(Arrays.copyOfRange(header, offset, offset + length));
  }

  /** Up to the first NUL. */
  private static byte[] text(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return Arrays.copyOf(bytes, i);
      }
    }
    return bytes;
  }

  /** False at the end: a record of zeros. */
  private boolean readHeader() throws IOException {
    if (in.readNBytes(header, 0, header.length) < header.length) {
      throw damaged("it was cut short");
    }
    boolean zeros = true;
    for (byte b : header) {
      zeros &= b == 0;
    }
    if (!zeros
        && TarHeader.number(header, TarHeader.CHECKSUM, TarHeader.NUMBER)
            != TarHeader.checksum(header)) {
      throw damaged("the checksum of a header is wrong");
    }
    return !zeros;
  }

  /** All of what describes the next entry. */
  private byte[] content(long size) throws IOException {
    if (size < 0 || size > MOST_RECORDS) {
      throw damaged("what describes one entry has " + size + " bytes");
    }
    left = size;
    padding = TarHeader.padding(size);
    byte[] bytes = readAtMost(MOST_RECORDS);
    skipContent();
    return bytes;
  }

  private void skipContent() throws IOException {
    try {
      in.skipNBytes(left);
      in.skipNBytes(padding);
    } catch (java.io.EOFException e) {
      throw damaged("it ends in the middle of a file");
    }
    left = 0;
    padding = 0;
  }

  /** Records are {@code LENGTH KEY=VALUE\n}; the last one of a key holds. */
  private static void parse(byte[] bytes, Map<String, byte[]> records) throws BadFormatException {
    int begin = 0;
    while (begin < bytes.length) {
      int space = indexOf(bytes, ' ', begin, Math.min(bytes.length, begin + 8));
      int length = (int) decimal(Arrays.copyOfRange(bytes, begin, Math.max(begin, space)));
      int end = begin + length;
      if (length < 5 || end > bytes.length || bytes[end - 1] != '\n') {
        throw damaged("a record has the wrong length");
      }
      int equals = indexOf(bytes, '=', space, end);
      if (equals < 0) {
        throw damaged("a record has no value");
      }
      String key = new String(bytes, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      records.put(key, Arrays.copyOfRange(bytes, equals + 1, end - 1));
      begin = end;
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Whole units; a fraction is left out. */
  private static long decimal(byte[] digits) throws BadFormatException {
    String text = new String(digits, StandardCharsets.US_ASCII);
    int point = text.indexOf('.');
    try {
      return Long.parseLong(point < 0 ? text : text.substring(0, point));
    } catch (NumberFormatException e) {
      throw new BadFormatException("the archive is damaged (a number is none)", e);
    }
  }

  private static BadFormatException damaged(String why) {
    return new BadFormatException("the archive is damaged (" + why + ")");
  }
}
