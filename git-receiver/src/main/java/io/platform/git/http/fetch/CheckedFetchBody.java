package io.platform.git.http.fetch;

import io.platform.git.http.protocol.MalformedRequest;
import io.platform.git.http.protocol.PacketLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of a fetch, checked line by line while JGit reads it: JGit takes a request that ends too
 * early for a client that has left, and would answer nothing.
 */
public final class CheckedFetchBody extends InputStream {
  private static final Pattern NAMING = Pattern.compile("(want|have|shallow) ");
  private static final Pattern NAME = Pattern.compile("[a-z]+ [0-9a-f]{40}(?![0-9a-f])");

  private final PacketLines lines;
  private byte[] line = new byte[0];
  private int position;
  private boolean complete;
  private boolean empty = true;

  /** JGit reads on to the end after an error: nothing more is wrong then. */
  private boolean over;

  public CheckedFetchBody(InputStream in) {
    this.lines = new PacketLines(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == line.length && (over || !advance())) {
      return -1;
    }
    int n = Math.min(length, line.length - position);
    System.arraycopy(line, position, bytes, offset, n);
    position += n;
    return n;
  }

  private boolean advance() throws IOException {
    over = true;
    Optional<PacketLines.Line> next = lines.next();
    if (next.isEmpty()) {
      if (!complete) {
        throw new MalformedRequest(
            empty
                ? "The request is empty: it asks for nothing."
                : "The request does not follow git's protocol: it ends before a flush packet (0000).");
      }
      return false;
    }
    line = next.get().bytes();
    position = 0;
    empty = false;
    String text = next.get().text();
    if (NAMING.matcher(text).lookingAt() && !NAME.matcher(text).lookingAt()) {
      throw lines.bad(
          "names no object: \"%s\", where 40 hexadecimal digits are expected"
              .formatted(PacketLines.printable(text)));
    }
    complete = next.get().isFlush() || text.equals("done");
    over = false;
    return true;
  }
}
