package io.platform.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * UTF-8 on its way to a terminal, as {@link PrintableText} has it, however it is cut into pieces: a
 * character or a colour that is cut in two waits for the rest of it. What is not UTF-8 becomes
 * U+FFFD. Not thread-safe.
 */
public final class PrintableStream extends OutputStream {
  private static final int PIECE = 8192;

  /** The beginning of a colour; the longest that is used has fewer than 40 characters. */
  private static final Pattern BEGUN = Pattern.compile("\033(\\[[0-9;:]{0,60})?\\z");

  private final OutputStream out;
  private final boolean colours;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer decoded = CharBuffer.allocate(PIECE);
  private byte[] cut = {};
  private String begun = "";

  public PrintableStream(OutputStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  @Override
  public void write(int each) throws IOException {
    write(new byte[] {(byte) each}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    var in = ByteBuffer.allocate(cut.length + length).put(cut).put(bytes, from, length).flip();
    decode(in, false);
    cut = new byte[in.remaining()];
    in.get(cut);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Writes what waited for more. The stream below stays open. */
  @Override
  public void close() throws IOException {
    decode(ByteBuffer.wrap(cut), true);
    cut = new byte[0];
    print(begun);
    begun = "";
    out.flush();
  }

  private void decode(ByteBuffer in, boolean last) throws IOException {
    CoderResult result;
    do {
      result = decoder.decode(in, decoded, last);
      var text = begun + decoded.flip();
      decoded.clear();
      var tail = BEGUN.matcher(text);
      int whole = tail.find() ? tail.start() : text.length();
      begun = text.substring(whole);
      print(text.substring(0, whole));
    } while (result.isOverflow());
  }

  private void print(String text) throws IOException {
    out.write(PrintableText.of(text, colours).getBytes(StandardCharsets.UTF_8));
  }
}
