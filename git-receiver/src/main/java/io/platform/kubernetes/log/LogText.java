package io.platform.kubernetes.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Lines as the kubelet writes them with {@code timestamps=true}: a time in RFC 3339, a blank, the
 * text. Longer lines than 10,000 bytes are split; all parts have the time of the first. What has no
 * time is a message of the kubelet's and no line of the container.
 */
final class LogText implements AutoCloseable {
  private static final int LONGEST = 10_000;
  private static final int LONGEST_STAMP = 40;

  private final InputStream in;
  private Optional<Instant> continued = Optional.empty();

  LogText(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** A line of a container. */
  record Line(Instant at, String text) {}

  /** The next line; empty at the end. */
  Optional<Line> next() throws IOException {
    while (true) {
      if (continued.isPresent()) {
        return Optional.of(new Line(continued.get(), rest(continued.get())));
      }
      Optional<Instant> at = stamp();
      if (at.isPresent()) {
        return Optional.of(new Line(at.get(), rest(at.get())));
      }
      if (ended) {
        return Optional.empty();
      }
    }
  }

  private boolean ended;

  /** The time at the beginning of a line; without one the line is passed over. */
  private Optional<Instant> stamp() throws IOException {
    StringBuilder text = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != ' ' && next != '\n' && text.length() < LONGEST_STAMP) {
      text.append((char) next);
      next = in.read();
    }
    if (next == ' ') {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeException e) {
        // Not a line of the container.
      }
    }
    while (next >= 0 && next != '\n') {
      next = in.read();
    }
    ended = next < 0;
    return Optional.empty();
  }

  private String rest(Instant at) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    continued = Optional.empty();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      text.write(next);
      if (text.size() >= LONGEST) {
        in.mark(1);
        int following = in.read();
        if (following < 0 || following == '\n') {
          ended = following < 0;
          return text.toString(UTF_8);
        }
        in.reset();
        continued = Optional.of(at);
        return text.toString(UTF_8);
      }
      next = in.read();
    }
    ended = next < 0;
    return text.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
