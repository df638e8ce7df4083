package io.platform.storage;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256, in the two ways in which it is written. */
public final class Digests {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private Digests() {}

  public static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  public static String requireHex(String sha256) {
    if (!isHex(sha256)) {
      throw new IllegalArgumentException("no SHA-256: " + sha256);
    }
    return sha256;
  }

  public static long requireSize(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("no size: " + size);
    }
    return size;
  }

  public static String base64(byte[] digest) {
    return Base64.getEncoder().encodeToString(digest);
  }

  public static String base64(String hex) {
    return base64(HexFormat.of().parseHex(hex));
  }

  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /** Base64 to hexadecimal digits. */
  public static String hexOfBase64(String base64) {
    return hex(Base64.getDecoder().decode(base64));
  }
}
