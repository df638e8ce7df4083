package io.platform.kubernetes.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** Keeps the end of a stream of text, in bounded memory. */
final class OutputTail {
  private static final int CHUNK = 8 * 1024;

  private OutputTail() {}

  /**
   * Reads the stream to its end.
   *
   * @param mostBytes how many of its last bytes are kept
   * @return them as UTF-8, from a whole character on
   */
  static String of(InputStream in, int mostBytes) throws IOException {
    byte[] kept = new byte[mostBytes + CHUNK];
    int length = 0;
    boolean cut = false;
    for (int n = in.read(kept, length, CHUNK); n >= 0; n = in.read(kept, length, CHUNK)) {
      length += n;
      if (length > mostBytes) {
        System.arraycopy(kept, length - mostBytes, kept, 0, mostBytes);
        length = mostBytes;
        cut = true;
      }
    }
    int start = cut ? firstWholeCharacter(kept, length) : 0;
    return new String(kept, start, length - start, UTF_8);
  }

  private static int firstWholeCharacter(byte[] text, int length) {
    int start = 0;
    while (start < length && (text[start] & 0xC0) == 0x80) {
      start++;
    }
    return start;
  }
}
