package io.platform.buildlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;
import io.platform.domain.BuildId;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.BuildLogs;
import java.io.ByteArrayOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the output of a release command to the log of the release's build, as lines of the body, so
 * that no command can write what only the platform says. A thread of its own appends whatever has
 * come since its last turn; a command that writes faster waits. Lines that come again after a
 * restart, from the first on, are not appended twice.
 */
public final class ReleaseCommandOutput implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseCommandOutput.class);

  private final BuildLogs logs;
  private final BuildId build;
  private final String source;
  private final ReleaseOutputLimits limits;
  private final Thread writer;
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private long taken;
  private long written;
  private boolean full;
  private boolean closed;

  /** Takes the output of a release's command. */
  public ReleaseCommandOutput(
      BuildLogs logs, BuildId build, ReleaseVersion version, ReleaseCommandKind kind) {
    this(logs, build, kind.word() + "/" + version, ReleaseOutputLimits.defaults());
  }

  ReleaseCommandOutput(BuildLogs logs, BuildId build, String source, ReleaseOutputLimits limits) {
    this.logs = logs;
    this.build = build;
    this.source = source;
    this.limits = limits;
    this.writer = Thread.ofVirtual().name("output of " + source).start(this::write);
  }

  /** Takes the next line, without its end; waits while too much waits for the log. */
  public synchronized void add(String line) {
    if (full || closed) {
      return;
    }
    byte[] bytes = (LineFormat.body(TerminalText.line(cut(line))) + "\n").getBytes(UTF_8);
    full = taken + bytes.length > limits.bytes();
    if (full) {
      bytes = (LineFormat.body(limits.message()) + "\n").getBytes(UTF_8);
    }
    try {
      while (waiting.size() > limits.waitingBytes() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    waiting.writeBytes(bytes);
    taken += bytes.length;
    notifyAll();
  }

  private String cut(String line) {
    return line.length() <= limits.lineLength()
        ? line
        : line.substring(0, limits.lineLength()) + " …";
  }

  private void write() {
    try {
      for (byte[] lines = take(); lines.length > 0; lines = take()) {
        append(lines);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BuildLogs.LogClosed e) {
      LOG.info("output of a release command comes too late: {}", e.getMessage());
      stopTaking();
    } catch (RuntimeException e) {
      LOG.warn("the output of a release command of build {} is not complete", build, e);
      stopTaking();
    }
  }

  private synchronized void stopTaking() {
    closed = true;
    notifyAll();
  }

  /** All that waits; nothing once it is closed and all was taken. */
  private synchronized byte[] take() throws InterruptedException {
    while (waiting.size() == 0 && !closed) {
      wait();
    }
    byte[] lines = waiting.toByteArray();
    waiting = new ByteArrayOutputStream();
    notifyAll();
    return lines;
  }

  /** What the log has already is left out: it came before a restart. */
  private void append(byte[] lines) throws BuildLogs.LogClosed {
    byte[] rest = lines;
    while (rest.length > 0) {
      try {
        written = logs.appendAt(build, source, written, rest);
        return;
      } catch (BuildLogs.WrongOffset e) {
        int known = Math.toIntExact(Math.min(rest.length, Math.max(0, e.right() - written)));
        written += known;
        byte[] left = new byte[rest.length - known];
        System.arraycopy(rest, known, left, 0, left.length);
        if (known == 0) {
          throw new IllegalStateException("the log of build " + build + " has lost lines", e);
        }
        rest = left;
      }
    }
  }

  /** Returns when all that was taken is in the log. */
  @Override
  public void close() {
    stopTaking();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
