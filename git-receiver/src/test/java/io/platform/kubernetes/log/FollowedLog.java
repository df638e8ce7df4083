package io.platform.kubernetes.log;

import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import io.platform.domain.LogQuery;
import io.platform.domain.port.ProcessLogSink;
import io.platform.domain.port.ProcessLogs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader on a thread of its own. */
final class FollowedLog implements ProcessLogSink, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private final BlockingQueue<LogLine> received = new LinkedBlockingQueue<>();
  private final AtomicInteger losses = new AtomicInteger();
  private final Thread thread;

  private final CountDownLatch reads;

  private FollowedLog(ProcessLogs logs, App app, LogQuery query, CountDownLatch reads) {
    this.reads = reads;
    thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                logs.read(app, query, this);
              } catch (IOException | InterruptedException e) {
                // It is closed.
              }
            });
  }

  static FollowedLog start(ProcessLogs logs, App app, LogQuery query) {
    return new FollowedLog(logs, app, query, new CountDownLatch(0));
  }

  /** One that takes nothing until it may. */
  static FollowedLog start(ProcessLogs logs, App app, LogQuery query, CountDownLatch reads) {
    return new FollowedLog(logs, app, query, reads);
  }

  /** What there is. */
  static List<LogLine> read(ProcessLogs logs, App app, LogQuery query)
      throws IOException, InterruptedException {
    FollowedLog all = start((nothing, wanted, sink) -> {}, app, query);
    logs.read(app, query, all);
    return List.copyOf(all.received);
  }

  /** What has come, when no more comes. */
  List<LogLine> all() throws InterruptedException {
    thread.join();
    return List.copyOf(received);
  }

  /** How often it heard that lines are missing. */
  int losses() {
    return losses.get();
  }

  LogLine next() throws InterruptedException {
    return Optional.ofNullable(received.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).orElseThrow();
  }

  boolean isEmpty() {
    return received.isEmpty();
  }

  @Override
  public void lines(List<LogLine> lines) throws IOException {
    try {
      reads.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("closed");
    }
    received.addAll(lines);
  }

  @Override
  public void lost(long count, LogPosition next) {
    losses.incrementAndGet();
  }

  @Override
  public void idle() {}

  @Override
  public void close() {
    BoundedStop.stop(thread, TIMEOUT);
  }
}
