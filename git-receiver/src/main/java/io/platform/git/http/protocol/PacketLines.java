package io.platform.git.http.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipException;
import org.eclipse.jetty.io.EofException;

/** Reads pkt-lines, and refuses malformed ones (gitprotocol-common(5), "pkt-line format"). */
public final class PacketLines {
  private static final int HEADER = 4;
  private static final int LONGEST = 65520;

  private final InputStream in;
  private int number;

  public PacketLines(InputStream in) {
    this.in = in;
  }

  /** One line. */
  public static final class Line {
    private final byte[] bytes;

    private Line(byte[] bytes) {
      this.bytes = bytes;
    }

    /** With the length in front, as it came. */
    public byte[] bytes() {
      return bytes;
    }

    /** Ends a list. */
    public boolean isFlush() {
      return length() == 0;
    }

    /** Divides a list of protocol version 2. */
    public boolean isDelimiter() {
      return length() == 1;
    }

    private int length() {
      return bytes[2] == '0' && bytes.length == HEADER ? bytes[3] - '0' : bytes.length;
    }

    /** The content, without a line feed at its end. */
    public String text() {
      int end = bytes.length;
      if (end > HEADER && bytes[end - 1] == '\n') {
        end--;
      }
      return new String(bytes, HEADER, end - HEADER, StandardCharsets.UTF_8);
    }
  }

  /**
   * The next line; empty at the end of the stream.
   *
   * @throws MalformedRequest where there is something else
   */
  public Optional<Line> next() throws IOException {
    try {
      byte[] header = in.readNBytes(HEADER);
      if (header.length == 0) {
        return Optional.empty();
      }
      number++;
      int length = length(header);
      byte[] line = Arrays.copyOf(header, Math.max(HEADER, length));
      int came = HEADER + in.readNBytes(line, HEADER, line.length - HEADER);
      if (came < length) {
        throw bad("is cut off: it has %d of its %d bytes".formatted(came, length));
      }
      return Optional.of(new Line(line));
    } catch (EofException e) {
      throw MalformedRequest.broken();
    } catch (ZipException | EOFException e) {
      throw new MalformedRequest(
          "The request says that it is compressed with gzip, and cannot be decompressed.");
    } catch (IOException e) {
      throw MalformedRequest.isSilence(e) ? MalformedRequest.silent() : e;
    }
  }

  private int length(byte[] header) throws MalformedRequest {
    if (header.length < HEADER) {
      throw bad("is cut off in its length");
    }
    int length = 0;
    for (byte digit : header) {
      int value = Character.digit(digit, 16);
      if (value < 0) {
        throw bad(
            "begins with \"%s\" in place of its length in four hexadecimal digits"
                .formatted(printable(header)));
      }
      length = length * 16 + value;
    }
    if (length == 2 || length == 3) {
      throw bad("has the length %d, and the shortest line has 4".formatted(length));
    }
    if (length > LONGEST) {
      throw bad("has the length %d, and the longest line has %d".formatted(length, LONGEST));
    }
    return length;
  }

  /** A sentence about the line that was read last. */
  public MalformedRequest bad(String what) {
    return new MalformedRequest(
        "The request does not follow git's protocol: line %d %s.".formatted(number, what));
  }

  /** What a client sent, fit to be shown. */
  static String printable(byte[] sent) {
    return new String(sent, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
  }

  /** The same of text. */
  public static String printable(String sent) {
    String text = sent.replaceAll("[^ -~]", "?");
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
