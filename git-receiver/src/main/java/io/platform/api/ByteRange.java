package io.platform.api;

import io.platform.commons.http.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an object (RFC 9110, 14): first and last byte, both included. Jetty's class of the same
 * name does not tell a header that is to be ignored from one that asks for bytes beyond the end.
 *
 * @param to before {@code from} for an empty object
 */
record ByteRange(long from, long to) {
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  static ByteRange whole(long size) {
    return new ByteRange(0, size - 1);
  }

  /**
   * What a Range header asks for; empty where it is to be ignored: none, several ranges, another
   * unit.
   */
  static Optional<ByteRange> parse(Optional<String> header, long size) {
    Optional<Matcher> match = header.map(ONE::matcher).filter(Matcher::matches);
    if (match.isEmpty()) {
      return Optional.empty();
    }
    String first = match.get().group(1);
    String last = match.get().group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return Optional.empty();
    }
    ByteRange range =
        first.isEmpty()
            ? new ByteRange(Math.max(0, size - Long.parseLong(last)), size - 1)
            : new ByteRange(
                Long.parseLong(first),
                last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1));
    if (range.from() >= size || range.length() <= 0) {
      throw new Problem(416, "The object has %d bytes.".formatted(size))
          .header("Content-Range", "bytes */" + size);
    }
    return Optional.of(range);
  }

  long length() {
    return to - from + 1;
  }
}
