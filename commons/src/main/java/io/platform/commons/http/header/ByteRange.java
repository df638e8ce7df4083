package io.platform.commons.http.header;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one range of a Range field (RFC 9110, 14.2). Several ranges, another unit and a malformed
 * field are ignored, as a server may: the whole is sent then. Jetty 12.1's class of the same name
 * does not tell these from a range beyond the end, which is an error (416).
 *
 * @param first of the bytes, counted from 0
 * @param last of the bytes; before {@code first} where none of the range exists
 */
public record ByteRange(long first, long last) {
  private static final Pattern ONE =
      Pattern.compile("bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})");

  /** All bytes of a content of this size. */
  public static ByteRange whole(long size) {
    return new ByteRange(0, size - 1);
  }

  /** Reads a Range field; empty if the whole is to be sent. */
  public static Optional<ByteRange> parse(String field, long size) {
    Matcher matcher = ONE.matcher(field.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty() && to.isEmpty()) {
      return Optional.empty();
    }
    if (from.isEmpty()) {
      long suffix = Math.min(Long.parseLong(to), size);
      return Optional.of(new ByteRange(size - suffix, size - 1));
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? size - 1 : Long.parseLong(to);
    if (last < first && !to.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  /** Whether any byte of it exists; otherwise the answer is 416. */
  public boolean isSatisfiable() {
    return first <= last;
  }

  /** How many bytes these are. */
  public long length() {
    return last - first + 1;
  }

  /** The Content-Range field of the answer. */
  public String contentRange(long size) {
    return isSatisfiable() ? "bytes " + first + "-" + last + "/" + size : "bytes */" + size;
  }
}
