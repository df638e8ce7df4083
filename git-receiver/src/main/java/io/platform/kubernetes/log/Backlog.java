package io.platform.kubernetes.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;

/** Merges what there is of several origins by time; one line of each is in memory. */
final class Backlog {
  /** Of the lines that are kept as the newest; more are told as lost. */
  private static final long MOST_BYTES = 8L << 20;

  private final PriorityQueue<Head> heads =
      new PriorityQueue<>((a, b) -> StampedLine.BY_TIME.compare(a.line(), b.line()));

  /** Lines of one origin, in order. */
  interface Lines extends AutoCloseable {
    /** The next line; empty at the end. */
    Optional<StampedLine> next() throws IOException;

    @Override
    void close() throws IOException;

    /** Of what is in memory already. */
    static Lines of(Iterator<StampedLine> lines) {
      return new Lines() {
        @Override
        public Optional<StampedLine> next() {
          return lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
        }

        @Override
        public void close() {}
      };
    }
  }

  private record Head(StampedLine line, Lines rest) {}

  /**
   * Hands the lines over.
   *
   * @param tail only so many of the newest, as far as there is memory for them
   */
  void merge(List<Lines> origins, OptionalInt tail, LogOutput output)
      throws IOException, InterruptedException {
    Deque<StampedLine> newest = new ArrayDeque<>();
    long bytes = 0;
    boolean cut = false;
    for (Lines lines : origins) {
      push(lines);
    }
    while (!heads.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("reading a log was interrupted");
      }
      Head head = heads.remove();
      if (tail.isEmpty()) {
        output.add(head.line());
      } else {
        newest.addLast(head.line());
        bytes += head.line().bytes();
        if (newest.size() > tail.getAsInt()) {
          bytes -= newest.removeFirst().bytes();
        }
        while (bytes > MOST_BYTES) {
          bytes -= newest.removeFirst().bytes();
          cut = true;
        }
      }
      push(head.rest());
    }
    if (cut && newest.size() < tail.orElse(0)) {
      output.lost();
    }
    for (StampedLine line : newest) {
      output.add(line);
    }
    output.flush();
  }

  private void push(Lines lines) throws IOException {
    Optional<StampedLine> next = lines.next();
    if (next.isPresent()) {
      heads.add(new Head(next.get(), lines));
    } else {
      lines.close();
    }
  }
}
