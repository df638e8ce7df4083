package io.platform.process.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import io.platform.domain.port.ProcessLogSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of an app: what its processes write, what became of them, and their requests, in the
 * order in which it came. A thread of its own writes the files. Where the disk is slow, the app's
 * output waits for it; where the disk stands still, lines of the app and of the router are left
 * out, so that the app runs on. The platform and the proxy never wait.
 */
public final class AppLog {
  private static final Logger LOG = LoggerFactory.getLogger(AppLog.class);
  private static final long STACK = 256 << 10;

  private final AppLogLimits limits;
  private final Path directory;
  private final LogWriter writer;
  private final LogReader reader;
  private final AppendSignal appended = new AppendSignal();
  private final ThreadPoolExecutor disk;
  private List<byte[]> waiting = new ArrayList<>();
  private long waitingBytes;
  private long leftOut;

  /** So many of those left out are told of by lines that are on their way to the disk. */
  private long reportedLeftOut;

  /** The newest event that was added, and the newest one that is on its way to the disk. */
  private long newestEvent;

  private long takenEvent;

  private Instant latest = Instant.EPOCH;
  private boolean writing;
  private boolean stuck;
  private boolean closed;

  AppLog(Path directory, AppLogLimits limits) {
    this.limits = limits;
    this.directory = directory;
    LogFiles files = new LogFiles(directory);
    this.writer = new LogWriter(files, limits);
    this.reader = new LogReader(files, appended);
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

  /** Adds one line of a process, as it wrote it. It is in the file a little later. */
  public void add(ProcessName process, String line) {
    String rest = StoredLine.afterTime(LogSource.APP, 0, Optional.of(process), line);
    synchronized (this) {
      awaitRoom();
      putIfRoom(rest);
    }
  }

  /** Adds a line about a request; never waits. */
  public void addRequest(Optional<ProcessName> process, String line) {
    String rest = StoredLine.afterTime(LogSource.ROUTER, 0, process, line);
    synchronized (this) {
      putIfRoom(rest);
    }
  }

  /** Adds what became of the app; never waits, and is never left out. */
  public void note(String text) {
    note(0, Optional.empty(), text);
  }

  /** Adds what became of a process; never waits, and is never left out. */
  public void note(ProcessName process, String text) {
    note(0, Optional.of(process), text);
  }

  /** Adds an event of the app; never waits, and is never left out. */
  public void addEvent(long id, Optional<ProcessName> process, String text) {
    note(id, process, text);
  }

  private void note(long event, Optional<ProcessName> process, String text) {
    String rest = StoredLine.afterTime(LogSource.PLATFORM, event, process, text);
    synchronized (this) {
      put(rest);
      newestEvent = Math.max(newestEvent, event);
    }
  }

  /**
   * The newest event of the app that the log tells of; waits for the disk.
   *
   * @throws IllegalStateException where the log is closed, or the disk does not answer
   */
  public long lastEvent() {
    CompletableFuture<Long> last = new CompletableFuture<>();
    if (!onDisk(() -> last.complete(writer.lastEvent()))) {
      throw new IllegalStateException("the log in %s is closed".formatted(directory));
    }
    return last.orTimeout(limits.closing().toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** Removes what is too old. */
  void expire(Instant now) {
    var _ =
        onDisk(() -> {
          writer.expire(now);
          appended.raise(writer.filesBegun());
        });
  }

  /** See {@link io.platform.domain.port.ProcessLogs#read}. */
  void read(LogQuery query, ProcessLogSink sink) throws IOException, InterruptedException {
    reader.read(query, sink);
  }

  private synchronized boolean onDisk(Runnable work) {
    if (!closed) {
      disk.execute(work);
    }
    return !closed;
  }

  private void awaitRoom() {
    long end = System.nanoTime() + limits.maxWait().toNanos();
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

  private void putIfRoom(String rest) {
    if (waitingBytes >= limits.waitingBytes()) {
      leftOut++;
    } else {
      put(rest);
    }
  }

  private void put(String rest) {
    if (closed) {
      return;
    }
    byte[] line = line(rest);
    waiting.add(line);
    waitingBytes += line.length;
    if (!writing) {
      writing = true;
      disk.execute(this::write);
    }
  }

  /** Times never go back within a log, also where the clock is set back. */
  private byte[] line(String rest) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    latest = now.isBefore(latest) ? latest : now;
    return (latest + rest).getBytes(UTF_8);
  }

  private void write() {
    for (List<byte[]> lines = take(); !lines.isEmpty(); lines = take()) {
      int failed = writer.append(lines, Instant.now());
      written(failed);
      if (failed == 0) {
        writer.keepLastEvent(takenEvent());
      }
      appended.raise(writer.filesBegun());
    }
    if (isClosed()) {
      writer.close();
    }
  }

  private synchronized long takenEvent() {
    return takenEvent;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Lines that could not be written are told of when others can. */
  private synchronized void written(int failed) {
    if (failed == 0) {
      leftOut -= reportedLeftOut;
    } else {
      leftOut += reportedLeftOut > 0 ? failed - 1 : failed;
    }
    reportedLeftOut = 0;
  }

  /** All that waits; the disk has taken what was there before. */
  private synchronized List<byte[]> take() {
    if (leftOut > 0 && !waiting.isEmpty()) {
      reportedLeftOut = leftOut;
      waiting.add(
          line(
              StoredLine.afterTime(
                  LogSource.PLATFORM,
                  0,
                  Optional.empty(),
                  "%,d lines are left out: the disk did not take them"
                      .formatted(reportedLeftOut))));
    }
    List<byte[]> taken = waiting;
    takenEvent = newestEvent;
    waiting = new ArrayList<>();
    waitingBytes = 0;
    stuck = false;
    writing = !taken.isEmpty();
    notifyAll();
    return taken;
  }

  /**
   * Waits a little for what was added. What is added later is not written: the app may have been
   * destroyed, its directory too. Those who follow the log are done.
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
        LOG.warn("the log in {} is not complete: the disk did not take the last lines", directory);
        giveUp();
      }
    } catch (InterruptedException e) {
      giveUp();
      Thread.currentThread().interrupt();
    }
    appended.end();
  }

  /** What is on its way to the disk arrives there or not. */
  private synchronized void giveUp() {
    waiting.clear();
  }
}
