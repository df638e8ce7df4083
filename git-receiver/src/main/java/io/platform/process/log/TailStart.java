package io.platform.process.log;

import io.platform.domain.LogQuery;
import io.platform.process.log.LogFiles.Part;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Finds, from the end of a log backward, where its newest lines that a query wants begin. */
final class TailStart {
  private final LogFiles files;
  private final LogQuery query;
  private int missing;
  private boolean older;

  TailStart(LogFiles files, LogQuery query) {
    this.files = files;
    this.query = query;
    this.missing = query.tail().orElse(0);
  }

  /** The place; the end of the log where no line is wanted. */
  LogOffset find() throws IOException {
    LogOffset start = LogOffset.BEGINNING;
    for (Part part : files.list().reversed()) {
      try (FileChannel channel = FileChannel.open(part.file(), StandardOpenOption.READ)) {
        start = find(part.begin(), channel, channel.size());
      } catch (NoSuchFileException removed) {
        return start;
      }
      if (missing == 0 || older) {
        return start;
      }
    }
    return start;
  }

  /** The place in one file, which may grow meanwhile. */
  private LogOffset find(LogOffset begin, FileChannel channel, long size) throws IOException {
    Counter all = new Counter(begin);
    WholeLines.forward(channel, 0, size, WholeLines.piece(), all);
    Counter wanted = new Counter(LogOffset.BEGINNING);
    if (missing > 0) {
      WholeLines.backward(
          channel,
          size,
          (bytes, from, length) ->
              isNeeded(bytes, from, length) && wanted.line(bytes, from, length) && missing > 0);
    }
    return new LogOffset(
        all.end.bytes() - wanted.end.bytes(), all.end.lines() - wanted.end.lines());
  }

  /** Lines are in the order of their times: before one that is too old all are. */
  private boolean isNeeded(byte[] bytes, int from, int length) {
    Optional<StoredLine> line = StoredLine.parse(bytes, from, length - 1);
    older =
        line.isPresent()
            && query.since().filter(since -> line.get().at().isBefore(since)).isPresent();
    if (!older && line.filter(it -> query.wants(it.source(), it.process())).isPresent()) {
      missing--;
    }
    return !older;
  }

  private static final class Counter implements WholeLines.Visitor {
    private LogOffset end;

    private Counter(LogOffset begin) {
      this.end = begin;
    }

    @Override
    public boolean line(byte[] bytes, int from, int length) {
      end = end.after(length);
      return true;
    }
  }
}
