package io.platform.drain;

import io.platform.domain.App;
import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import io.platform.domain.port.ProcessLogSink;
import io.platform.domain.port.ProcessLogs;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A log in memory that keeps everything; places are numbers. */
final class NumberedLog implements ProcessLogs {
  private static final int MOST = 100;

  private final List<LogLine> lines = new ArrayList<>();

  /** At zero when a reader has ended. */
  final CountDownLatch left = new CountDownLatch(1);

  /** How many lines the next reader is told to have lost. */
  private long lost;

  /** A line of the process web.1. */
  void add(String text) {
    add(text, Instant.now());
  }

  synchronized void add(String text, Instant at) {
    lines.add(
        new LogLine(
            new LogPosition(Integer.toString(lines.size() + 1)),
            at,
            LogSource.APP,
            Optional.of(ProcessName.numbered("web", 1)),
            text));
    notifyAll();
  }

  /** Lines {@code FIRST} to {@code LAST}. */
  void addNumbers(int first, int last) {
    for (int i = first; i <= last; i++) {
      add("line " + i);
    }
  }

  synchronized void lose(long count) {
    lost = count;
    notifyAll();
  }

  @Override
  public void read(App app, LogQuery query, ProcessLogSink sink)
      throws IOException, InterruptedException {
    int next =
        query
            .after()
            .map(place -> Integer.parseInt(place.text()))
            .orElseGet(() -> firstSince(query.since().orElseThrow()));
    try {
      while (true) {
        List<LogLine> some = List.of();
        long missing;
        synchronized (this) {
          while (next == lines.size() && lost == 0) {
            wait();
          }
          missing = lost;
          lost = 0;
          if (missing == 0) {
            some = List.copyOf(lines.subList(next, Math.min(lines.size(), next + MOST)));
          }
        }
        if (missing > 0) {
          sink.lost(missing, new LogPosition(Integer.toString(next)));
        } else {
          sink.lines(some);
          next += some.size();
        }
      }
    } finally {
      left.countDown();
    }
  }

  private synchronized int firstSince(Instant since) {
    return (int) lines.stream().filter(line -> line.at().isBefore(since)).count();
  }
}
