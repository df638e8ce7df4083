package io.platform.process.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.console.TerminalText;
import io.platform.process.sandbox.ProcessSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of an app, for the operator: output of its processes, and how they start and end. A
 * thread of its own writes the file. Where the disk is slow, the app's output waits for it; where
 * the disk stands still, lines of the app are left out, so that the app runs on. The platform never
 * waits.
 */
final class AppLog {
  private static final Logger LOG = LoggerFactory.getLogger(AppLog.class);
  private static final String PLATFORM = "platform";
  private static final long STACK = 256 << 10;

  private final AppLogLimits limits;
  private final AppLogFile file;
  private final ThreadPoolExecutor disk;
  private List<byte[]> waiting = new ArrayList<>();
  private long waitingBytes;
  private long leftOut;
  private boolean writing;
  private boolean stuck;
  private boolean closed;

  AppLog(Path directory, ProcessSettings.Logs settings) {
    this(directory, settings, AppLogLimits.defaults());
  }

  AppLog(Path directory, ProcessSettings.Logs settings, AppLogLimits limits) {
    this.limits = limits;
    this.file = new AppLogFile(directory, settings);
    this.disk =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("log of " + directory).stackSize(STACK).factory());
    disk.allowCoreThreadTimeOut(true);
  }

  /** Adds one line of a process. It is in the file a little later. */
  void add(String process, String line) {
    byte[] bytes = bytes(process, line);
    synchronized (this) {
      awaitRoom();
      if (waitingBytes >= limits.waitingBytes()) {
        leftOut++;
      } else {
        put(bytes);
      }
    }
  }

  /** Adds what became of a process; never waits, and is never left out. */
  synchronized void note(String text) {
    put(bytes(PLATFORM, text));
  }

  private static byte[] bytes(String process, String line) {
    return "%s %s: %s\n"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            process,
            TerminalText.line(line.replace('\n', ' ')))
        .getBytes(UTF_8);
  }

  private void awaitRoom() {
    long end = System.nanoTime() + limits.patience().toNanos();
    try {
      while (waitingBytes >= limits.waitingBytes() && !stuck && !closed) {
        long left = end - System.nanoTime();
        stuck = left <= 0;
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(byte[] line) {
    if (closed) {
      return;
    }
    waiting.add(line);
    waitingBytes += line.length;
    if (!writing) {
      writing = true;
      disk.execute(this::write);
    }
  }

  private void write() {
    for (List<byte[]> lines = take(); !lines.isEmpty(); lines = take()) {
      lines.forEach(file::add);
      file.flush();
    }
    if (isClosed()) {
      file.close();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** All that waits; the disk has taken what was there before. */
  private synchronized List<byte[]> take() {
    if (leftOut > 0) {
      waiting.add(
          bytes(PLATFORM, "%,d lines are left out: the disk did not take them".formatted(leftOut)));
    }
    List<byte[]> taken = waiting;
    waiting = new ArrayList<>();
    waitingBytes = 0;
    leftOut = 0;
    stuck = false;
    writing = !taken.isEmpty();
    notifyAll();
    return taken;
  }

  /**
   * Waits a little for what was added. What is added later is not written: the app may have been
   * destroyed, its directory too.
   */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      notifyAll();
    }
    disk.execute(this::write);
    disk.shutdown();
    try {
      if (!disk.awaitTermination(limits.closing().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} is not complete: the disk did not take the last lines", file);
        giveUp();
      }
    } catch (InterruptedException e) {
      giveUp();
      Thread.currentThread().interrupt();
    }
  }

  /** What is on its way to the disk arrives there or not. */
  private synchronized void giveUp() {
    waiting.clear();
    leftOut = 0;
  }
}
