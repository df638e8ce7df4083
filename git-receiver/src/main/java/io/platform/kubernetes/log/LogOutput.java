package io.platform.kubernetes.log;

import io.platform.domain.LogLine;
import io.platform.domain.port.ProcessLogSink;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives lines their places, and hands them to the reader. */
final class LogOutput {
  private static final int MOST = 200;

  private final ProcessLogSink sink;
  private final Optional<LogPlace> resumed;
  private final List<LogLine> pending = new ArrayList<>();
  private LogPlace place;
  private int passed;

  /**
   * Begins.
   *
   * @param resumed where an earlier reading ended
   */
  LogOutput(ProcessLogSink sink, Optional<LogPlace> resumed) {
    this.sink = sink;
    this.resumed = resumed;
    this.place = resumed.orElseGet(() -> new LogPlace(Instant.EPOCH, 0));
  }

  /** The next line, unless an earlier reading had it. */
  void add(StampedLine line) throws IOException {
    if (wasRead(line.at())) {
      return;
    }
    if (line.at().isAfter(place.at())) {
      place = new LogPlace(line.at(), 1);
    } else if (line.at().equals(place.at())) {
      place =
          new LogPlace(
              line.at(), place.lines() == Integer.MAX_VALUE ? place.lines() : place.lines() + 1);
    }
    pending.add(
        new LogLine(place.position(), line.at(), line.source(), line.process(), line.text()));
    if (pending.size() >= MOST) {
      flush();
    }
  }

  private boolean wasRead(Instant at) {
    if (resumed.isEmpty() || at.isAfter(resumed.get().at())) {
      return false;
    }
    if (at.isBefore(resumed.get().at())) {
      return true;
    }
    passed++;
    return passed <= resumed.get().lines();
  }

  /** Passes over a line, which nobody wants, for good. */
  void skip(Instant at) {
    if (at.isAfter(place.at())) {
      place = new LogPlace(at, Integer.MAX_VALUE);
    }
  }

  /** Tells where the reading is. */
  void begin() throws IOException {
    sink.reached(place.position());
  }

  /** Lines are missing here, nobody knows how many. */
  void lost() throws IOException {
    flush();
    sink.lost(0, place.position());
  }

  void flush() throws IOException {
    if (!pending.isEmpty()) {
      sink.lines(List.copyOf(pending));
      pending.clear();
    }
  }

  void idle() throws IOException {
    sink.idle();
  }
}
