package io.platform.process.log;

import io.platform.domain.LogLine;
import io.platform.domain.LogQuery;
import io.platform.domain.port.ProcessLogSink;
import io.platform.process.log.LogFiles.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its files, while they are written and removed. It holds one piece of one file at
 * a time; who reads slowly loses what is removed meanwhile.
 */
final class LogReader {
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int BATCH = 500;
  private static final long BATCH_BYTES = 256 << 10;

  private final LogFiles files;
  private final AppendSignal appended;

  LogReader(LogFiles files, AppendSignal appended) {
    this.files = files;
    this.appended = appended;
  }

  /** See {@link io.platform.domain.port.ProcessLogs#read}. */
  void read(LogQuery query, ProcessLogSink sink) throws IOException, InterruptedException {
    try (Cursor cursor = new Cursor(query, sink)) {
      cursor.begin();
      cursor.reportReached();
      while (true) {
        long seen = appended.count();
        boolean ended = appended.ended();
        cursor.readToEnd();
        if (!query.follow() || ended) {
          return;
        }
        if (!appended.await(seen, IDLE)) {
          cursor.reportReached();
          sink.idle();
        }
      }
    }
  }

  /** Where one reading is. */
  private final class Cursor implements AutoCloseable {
    private final LogQuery query;
    private final ProcessLogSink sink;
    private List<LogLine> batch = new ArrayList<>();
    private long batchBytes;
    private LogOffset at = LogOffset.BEGINNING;
    private LogOffset reported = new LogOffset(-1, -1);

    private final byte[] piece = WholeLines.piece();
    private Optional<Part> part = Optional.empty();
    private @Nullable FileChannel channel;

    /** Where the file after this one begins; empty where this is the newest one. */
    private Optional<LogOffset> next = Optional.empty();

    /** How many files were begun when that was looked up. */
    private long filesSeen = -1;

    private Cursor(LogQuery query, ProcessLogSink sink) {
      this.query = query;
      this.sink = sink;
    }

    void begin() throws IOException {
      if (query.after().isPresent()) {
        continueAfter(LogOffset.of(query.after().get()));
      } else if (query.tail().isPresent()) {
        at = new TailStart(files, query).find();
      } else {
        at = oldest();
      }
    }

    /** A place that this log does not have was made when the log was another one. */
    private void continueAfter(Optional<LogOffset> place) throws IOException {
      if (place.isPresent() && place.get().bytes() <= end()) {
        at = place.get();
      } else {
        at = oldest();
        sink.lost(0, at.position());
      }
    }

    private long end() throws IOException {
      List<Part> parts = files.list();
      if (parts.isEmpty()) {
        return 0;
      }
      try (FileChannel last = FileChannel.open(parts.getLast().file(), StandardOpenOption.READ)) {
        return parts.getLast().begin().bytes() + last.size();
      } catch (NoSuchFileException removed) {
        return end();
      }
    }

    private LogOffset oldest() throws IOException {
      return files.list().stream().findFirst().map(Part::begin).orElse(LogOffset.BEGINNING);
    }

    /** Lines that are not wanted are passed over without a word. */
    void reportReached() throws IOException {
      if (!reported.equals(at)) {
        reported = at;
        sink.reached(at.position());
      }
    }

    /** Hands on all that is there now. */
    void readToEnd() throws IOException {
      while (locate()) {
        readOpenFile();
        if (next.isPresent() && next.get().bytes() > at.bytes()) {
          lose(next.get());
        }
        if (isNewest()) {
          return;
        }
      }
    }

    private boolean isNewest() {
      return channel != null && next.isEmpty() && filesSeen == appended.files();
    }

    /** Opens the file that goes on at the place that was reached; returns whether there is one. */
    private boolean locate() throws IOException {
      while (!isNewest()) {
        filesSeen = appended.files();
        List<Part> parts = files.list();
        if (parts.isEmpty()) {
          return false;
        }
        if (LogFiles.holding(parts, at.bytes()).isEmpty()) {
          lose(parts.getFirst().begin());
        }
        Part holding = LogFiles.holding(parts, at.bytes()).orElseThrow();
        int index = parts.indexOf(holding);
        next =
            index == parts.size() - 1
                ? Optional.empty()
                : Optional.of(parts.get(index + 1).begin());
        if (open(holding)) {
          return true;
        }
      }
      return true;
    }

    /** Returns false where it was removed meanwhile. */
    private boolean open(Part wanted) throws IOException {
      if (channel != null && part.filter(wanted::equals).isPresent()) {
        return true;
      }
      close();
      try {
        channel = FileChannel.open(wanted.file(), StandardOpenOption.READ);
        part = Optional.of(wanted);
        return true;
      } catch (NoSuchFileException removed) {
        return false;
      }
    }

    private void readOpenFile() throws IOException {
      if (channel == null) {
        return;
      }
      try {
        long begin = part.orElseThrow().begin().bytes();
        WholeLines.forward(channel, at.bytes() - begin, Long.MAX_VALUE, piece, this::line);
      } finally {
        flush();
      }
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    }

    private boolean line(byte[] bytes, int from, int length) throws IOException {
      at = at.after(length);
      batchBytes += length;
      StoredLine.parse(bytes, from, length - 1)
          .filter(line -> query.wants(line.source(), line.process()))
          .filter(line -> query.since().filter(since -> line.at().isBefore(since)).isEmpty())
          .ifPresent(line ->
              batch.add(
                  new LogLine(
                      at.position(), line.at(), line.source(), line.process(), line.text())));
      if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES) {
        flush();
      }
      return true;
    }

    private void flush() throws IOException {
      batchBytes = 0;
      if (!batch.isEmpty()) {
        List<LogLine> lines = batch;
        batch = new ArrayList<>();
        reported = at;
        sink.lines(lines);
      }
    }

    private void lose(LogOffset kept) throws IOException {
      long lines = kept.lines() - at.lines();
      at = kept;
      reported = at;
      sink.lost(Math.max(0, lines), at.position());
    }
  }
}
