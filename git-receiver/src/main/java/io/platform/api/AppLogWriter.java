package io.platform.api;

import io.platform.commons.http.Json;
import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import io.platform.domain.ProcessName;
import io.platform.domain.port.ProcessLogSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends an app's log to a client. Asks again from time to time whether the client may still see it:
 * a logout or a lost role ends what is being followed, too.
 */
final class AppLogWriter implements ProcessLogSink {
  private static final long CHECK_EVERY = Duration.ofSeconds(5).toNanos();

  /** Longest piece that is sent at once; a line is at most about as long again. */
  private static final int PIECE = 64 << 10;

  private final OutputStream out;
  private final AppLogFormat format;
  private final Runnable check;
  private long checked = System.nanoTime();

  AppLogWriter(OutputStream out, AppLogFormat format, Runnable check) {
    this.out = out;
    this.format = format;
    this.check = check;
  }

  /** A line. */
  record LineView(
      String position, Instant at, String source, @Nullable String process, String text) {
    static LineView of(LogLine line) {
      return new LineView(
          line.position().text(),
          line.at(),
          line.source().word(),
          line.process().map(ProcessName::toString).orElse(null),
          line.text());
    }
  }

  @Override
  public void lines(List<LogLine> lines) throws IOException {
    checkInTime();
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    for (LogLine line : lines) {
      format.write("line", line.position().text(), Json.bytes(LineView.of(line)), piece);
      if (piece.size() >= PIECE) {
        piece.writeTo(out);
        piece.reset();
      }
    }
    piece.writeTo(out);
    out.flush();
  }

  @Override
  public void lost(long count, LogPosition next) throws IOException {
    checkInTime();
    send("lost", next.text(), Map.of("position", next.text(), "lost", count));
  }

  @Override
  public void reached(LogPosition next) throws IOException {
    send("position", next.text(), Map.of("position", next.text()));
  }

  @Override
  public void idle() throws IOException {
    checkInTime();
    out.write(format.pause());
    out.flush();
  }

  /** The client may see no more; the sentence says why. */
  void refused(String sentence) throws IOException {
    send("refused", "", Map.of("refused", sentence));
  }

  private void send(String event, String position, Object value) throws IOException {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    format.write(event, position, Json.bytes(value), entry);
    entry.writeTo(out);
    out.flush();
  }

  private void checkInTime() {
    if (System.nanoTime() - checked >= CHECK_EVERY) {
      check.run();
      checked = System.nanoTime();
    }
  }
}
