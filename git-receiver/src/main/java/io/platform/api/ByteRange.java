package io.platform.api;

import io.platform.commons.http.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an object (RFC 9110, 14): first and last byte, both included. Jetty 12.1's class of the
 * same name gives an empty list for another unit, for a malformed field and for bytes beyond the
 * end alike, where the first two are to be ignored (200) and the third is an error (416).
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
