package io.platform.git.http.fetch;

import io.platform.git.http.protocol.HexDigits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.errors.PackProtocolException;

/**
 * The body of a fetch, checked line by line before JGit reads it (gitprotocol-pack and
 * gitprotocol-v2): JGit keeps every line in memory. A line over a limit ends the request with a
 * sentence for the client. What is no pkt-line is handed on as it is: JGit refuses it.
 */
public final class FetchRequest extends InputStream {
  private static final int LONGEST_LINE = 65_520;
  private static final int LENGTH_DIGITS = 4;
  private static final byte[] WANT = "want ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HAVE = "have ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SHALLOW = "shallow ".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final FetchLimits limits;
  private final ObjectIdDistribution spread = new ObjectIdDistribution();
  private final byte[] line = new byte[LONGEST_LINE];
  private int from;
  private int to;
  private boolean framed = true;
  private boolean ended;
  private int wants;
  private int haves;
  private int others;

  /** A body that is decompressed. */
  public FetchRequest(InputStream in, FetchLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (from == to && !fill()) {
      return -1;
    }
    int count = Math.min(length, to - from);
    System.arraycopy(line, from, bytes, offset, count);
    from += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    from = 0;
    to = 0;
    ended = true; // also where what follows throws: JGit goes on to read
    to = framed ? readLine() : Math.max(0, in.read(line, 0, LONGEST_LINE));
    ended = to == 0;
    return !ended;
  }

  private int readLine() throws IOException {
    int read = in.readNBytes(line, 0, LENGTH_DIGITS);
    int length = read == LENGTH_DIGITS ? HexDigits.value(line, 0, LENGTH_DIGITS) : -1;
    if (length < 0 || length > LONGEST_LINE) {
      framed = false;
      return read;
    }
    if (length <= LENGTH_DIGITS) {
      return read;
    }
    read += in.readNBytes(line, LENGTH_DIGITS, length - LENGTH_DIGITS);
    count(read);
    return read;
  }

  private void count(int end) throws PackProtocolException {
    if (starts(WANT, end)) {
      if (++wants > limits.wants()) {
        throw refused(
            "The request has more than %d want lines. Fetch fewer branches and tags at a time."
                .formatted(limits.wants()));
      }
      checkSpread(WANT, end);
    } else if (starts(HAVE, end)) {
      if (++haves > limits.haves()) {
        throw refused(
            "The request has more than %d have lines. Fetch into a clone with fewer branches."
                .formatted(limits.haves()));
      }
    } else if (++others > limits.otherLines()) {
      throw refused(
          "The request has more than %d shallow, deepen-not, filter, ref-prefix and other lines. Fetch fewer branches at a time."
              .formatted(limits.otherLines()));
    } else if (starts(SHALLOW, end)) {
      checkSpread(SHALLOW, end);
    }
  }

  private void checkSpread(byte[] keyword, int end) throws PackProtocolException {
    int id = LENGTH_DIGITS + keyword.length;
    if (id + ObjectIdDistribution.DIGITS <= end && !spread.add(line, id)) {
      throw refused("The object ids in the request are not those of a repository.");
    }
  }

  private static PackProtocolException refused(String sentence) {
    return new PackProtocolException(sentence);
  }

  private boolean starts(byte[] keyword, int end) {
    if (end < LENGTH_DIGITS + keyword.length) {
      return false;
    }
    for (int i = 0; i < keyword.length; i++) {
      if (line[LENGTH_DIGITS + i] != keyword[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
