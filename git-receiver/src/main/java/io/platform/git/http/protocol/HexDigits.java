package io.platform.git.http.protocol;

/** Numbers in hexadecimal, as git's protocol has them. */
public final class HexDigits {
  private HexDigits() {}

  /** The value of hexadecimal digits; -1 where one is none. */
  public static int value(byte[] text, int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
