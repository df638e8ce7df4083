package io.platform.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.slug.TerminalText;
import java.util.function.Consumer;

/**
 * Splits bytes into lines as they come. A line that is longer than the limit comes in pieces, so
 * that one without an end takes no memory; bytes that are no UTF-8 come as U+FFFD, and what does
 * more to a terminal than colour does not come, see {@link TerminalText}.
 */
final class LineSplitter {
  /** As on Heroku. */
  static final int LIMIT = 10_000;

  private final byte[] line = new byte[LIMIT];
  private final Consumer<String> sink;
  private int length;

  LineSplitter(Consumer<String> sink) {
    this.sink = sink;
  }

  void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        emit(length);
      } else {
        if (length == LIMIT) {
          emit(wholeCharacters());
        }
        line[length++] = bytes[i];
      }
    }
  }

  /** The last line, where it has no end. */
  void end() {
    if (length > 0) {
      emit(length);
    }
  }

  private void emit(int count) {
    int end = count > 0 && line[count - 1] == '\r' ? count - 1 : count;
    sink.accept(TerminalText.line(new String(line, 0, end, UTF_8)));
    System.arraycopy(line, count, line, 0, length - count);
    length -= count;
  }

  /** Steps back over an unfinished character at the end, at most three bytes. */
  private int wholeCharacters() {
    for (int back = 1; back <= 3; back++) {
      int b = line[length - back] & 0xff;
      if (b >= 0xc0) {
        int wanted = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return wanted > back ? length - back : length;
      }
      if (b < 0x80) {
        return length;
      }
    }
    return length;
  }
}
