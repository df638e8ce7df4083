package io.platform.slug.archive;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A relative path, a name or a link's target as the bytes that git and Linux know: any but NUL, in
 * no encoding. Java's {@link Path} holds any bytes, too, and gives and takes them as they are in
 * its URI alone; {@link Path#toString} replaces what the locale cannot decode.
 */
public final class PathBytes {
  private static final Path ROOT = Path.of("/");
  private static final boolean UTF_8_NAMES =
      System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT).equals("UTF-8");

  private final byte[] bytes;

  private PathBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the bytes, which are not changed any more. */
  public static PathBytes of(byte[] bytes) {
    return new PathBytes(bytes);
  }

  /** Takes a text as UTF-8. */
  public static PathBytes of(String text) {
    return new PathBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What the file system has for a path: a file's name, a link's target. */
  static PathBytes of(Path path) {
    String text = path.toString();
    if (isAscii(text) || (UTF_8_NAMES && text.indexOf('\uFFFD') < 0)) {
      return of(text);
    }
    // A URI is absolute, and ends with a slash where there happens to be such a directory.
    String uri = ROOT.resolve(path).toUri().getRawPath();
    int begin = path.isAbsolute() ? 0 : 1;
    int end = uri.endsWith("/") && !text.endsWith("/") ? uri.length() - 1 : uri.length();
    return new PathBytes(unescaped(uri.substring(begin, end)));
  }

  /**
   * The path, which is relative where this does not begin with a slash.
   *
   * @throws InvalidPathException where no file can have the name: a NUL is in it
   */
  Path toPath() {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw new InvalidPathException(text.replace('\0', '?'), "a NUL is in it");
    }
    if (isAscii(text) || (UTF_8_NAMES && isUtf8())) {
      return Path.of(text);
    }
    boolean absolute = bytes[0] == '/';
    Path path = Path.of(URI.create("file://" + (absolute ? "" : "/") + escaped()));
    return absolute ? path : path.subpath(0, path.getNameCount());
  }

  /** The bytes themselves. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes. */
  public int length() {
    return bytes.length;
  }

  /** One of the bytes. */
  public byte at(int index) {
    return bytes[index];
  }

  boolean startsWith(PathBytes prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  PathBytes from(int begin) {
    return part(begin, bytes.length);
  }

  PathBytes part(int begin, int end) {
    return new PathBytes(Arrays.copyOfRange(bytes, begin, end));
  }

  /** This path with another behind it; a slash is not added. */
  public PathBytes plus(PathBytes other) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
    System.arraycopy(other.bytes, 0, both, bytes.length, other.bytes.length);
    return new PathBytes(both);
  }

  int compareTo(PathBytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  boolean isAscii() {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  boolean isUtf8() {
    return isAscii() || decodes(StandardCharsets.UTF_8);
  }

  /**
   * The path as git prints it: as it is, or in quotation marks and with escapes, {@code
   * "caf\351\n"}, where it is no UTF-8 or has characters that would not show or move the cursor.
   */
  public String quoted() {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (isUtf8() && text.codePoints().allMatch(PathBytes::shows)) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (byte b : bytes) {
      int value = b & 0xff;
      switch (value) {
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        default -> {
          if (value < 0x20 || value >= 0x7f) {
            quoted.append(String.format(Locale.ROOT, "\\%03o", value));
          } else {
            quoted.append((char) value);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean shows(int character) {
    return character != '"'
        && character != '\\'
        && switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private boolean decodes(Charset charset) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private String escaped() {
    StringBuilder uri = new StringBuilder();
    for (byte b : bytes) {
      boolean plain =
          b == '/' || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
      if (plain) {
        uri.append((char) b);
      } else {
        uri.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return uri.toString();
  }

  private static byte[] unescaped(String uri) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathBytes path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As {@link #quoted}. */
  @Override
  public String toString() {
    return quoted();
  }
}
