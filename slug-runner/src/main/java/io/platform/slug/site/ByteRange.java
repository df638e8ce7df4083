package io.platform.slug.site;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one range of a Range field (RFC 9110, 14.2). Several ranges at once are answered with the
 * whole, as a server may.
 *
 * @param first of the bytes, counted from 0
 * @param last of the bytes; before {@code first} where none of the range is there
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE =
      Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

  /** Empty if {@code field} is none, so that the whole is to be sent. */
  static Optional<ByteRange> parse(String field, long size) {
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

  boolean isThere() {
    return first <= last;
  }

  long length() {
    return last - first + 1;
  }
}
