package io.platform.commons.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Splits bytes into lines; passes on each line as soon as it is complete. Lines have a limit, so
 * that an endless one takes no memory; of what a carriage return overwrites, as progress bars do,
 * the last is kept; invalid UTF-8 becomes U+FFFD.
 */
public final class LineSplitter {
  /** The most bytes that a line may have; a longer one becomes several. As on Heroku. */
  static final int MAX_LINE = 10_000;

  /** What stands at the end of a part of a line, where lines are raw. */
  public static final String CONTINUED = " [line continues]";

  private final Consumer<String> lines;
  private final boolean raw;
  private final byte[] line = new byte[MAX_LINE];
  private int length;
  private boolean returned;

  /** Hands each line on, as {@link TerminalText#line} has it. */
  public LineSplitter(Consumer<String> lines) {
    this(lines, false);
  }

  private LineSplitter(Consumer<String> lines, boolean raw) {
    this.lines = lines;
    this.raw = raw;
  }

  /**
   * Hands each line on with all its control characters, for readers who make it safe themselves;
   * where a line is cut, {@link #CONTINUED} says so.
   */
  public static LineSplitter raw(Consumer<String> lines) {
    return new LineSplitter(lines, true);
  }

  /** Reads up to the end of the stream. */
  public void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      accept(buffer, count);
    }
    end();
  }

  /** Takes the first bytes of an array. */
  public void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        emit(length);
        returned = false;
      } else if (b == '\r' && !raw) {
        returned = true;
      } else {
        if (returned) {
          length = 0;
          returned = false;
        }
        if (length == MAX_LINE) {
          emit(wholeCharacters(), raw ? CONTINUED : "");
        }
        line[length++] = b;
      }
    }
  }

  /** What is left without a line's end is a line. */
  public void end() {
    if (length > 0) {
      emit(length);
    }
  }

  private void emit(int end) {
    emit(end, "");
  }

  private void emit(int end, String mark) {
    int visible = raw && end > 0 && line[end - 1] == '\r' ? end - 1 : end;
    String text = new String(line, 0, visible, StandardCharsets.UTF_8);
    lines.accept(raw ? text + mark : TerminalText.line(text));
    System.arraycopy(line, end, line, 0, length - end);
    length -= end;
  }

  /** Where to cut a full line so that no character is cut in two. */
  private int wholeCharacters() {
    int end = length;
    int back = 0;
    while (back < 3 && (line[end - 1 - back] & 0xC0) == 0x80) {
      back++;
    }
    byte lead = line[end - 1 - back];
    int wanted =
        (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : (lead & 0xF8) == 0xF0 ? 4 : 1;
    return wanted > back + 1 ? end - 1 - back : end;
  }
}
