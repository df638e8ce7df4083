package io.platform.drain;

import dev.failsafe.RetryPolicy;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.App;
import io.platform.domain.LogDrain;
import io.platform.domain.LogLine;
import io.platform.domain.LogPosition;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.port.ProcessLogSink;
import io.platform.domain.port.ProcessLogs;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the log of one app to one drain, until it is closed. */
final class DrainDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DrainDelivery.class);
  private static final Duration STOPPING = Duration.ofSeconds(5);

  /** How long lines that are on their way to a receiver may take to arrive when all is stopped. */
  private static final Duration ARRIVING = Duration.ofSeconds(2);

  private final App app;
  private final LogDrain drain;
  private final ProcessLogs logs;
  private final DrainConnection connection;
  private final DrainBuffer buffer;
  private final DrainConfig.Times times;
  private final InstantSource clock;
  private final AtomicReference<LogDrain.Progress> progress;
  private final Thread reader = Thread.ofVirtual().unstarted(this::read);
  private final Thread sender = Thread.ofVirtual().unstarted(this::send);

  /** Held while lines are on their way to the receiver. */
  private final ReentrantLock handover = new ReentrantLock();

  private volatile boolean stopping;

  private DrainDelivery(
      App app,
      LogDrain drain,
      ProcessLogs logs,
      DrainConnection connection,
      DrainConfig config,
      InstantSource clock) {
    this.app = app;
    this.drain = drain;
    this.logs = logs;
    this.connection = connection;
    this.buffer = new DrainBuffer(config.buffer());
    this.times = config.times();
    this.clock = clock;
    this.progress = new AtomicReference<>(drain.progress());
    reader.setName("log of drain " + drain.id());
    sender.setName("drain " + drain.id());
  }

  /** Goes on where the drain is; without a line yet, at the moment when it was added. */
  static DrainDelivery start(
      App app,
      LogDrain drain,
      ProcessLogs logs,
      DrainConnection connection,
      DrainConfig config,
      InstantSource clock) {
    DrainDelivery delivery = new DrainDelivery(app, drain, logs, connection, config, clock);
    delivery.reader.start();
    delivery.sender.start();
    return delivery;
  }

  /** The app as it is delivered: its names are in the lines. */
  App app() {
    return app;
  }

  /** How far it is. */
  LogDrain.Progress progress() {
    LogDrain.Progress now = progress.get();
    return new LogDrain.Progress(
        now.position(),
        now.delivered(),
        now.dropped(),
        buffer.missing(),
        now.deliveredAt(),
        now.problem());
  }

  private void read() {
    AtomicReference<Optional<LogPosition>> place =
        new AtomicReference<>(drain.progress().position());
    RetryPolicy<Object> again =
        RetryPolicies.ownFailure(times.retry())
            .handle(IOException.class, RuntimeException.class)
            .onFailedAttempt(failed ->
                LOG.warn(
                    "the log of {} cannot be read for drain {}; it is tried again",
                    app.path(),
                    drain.id(),
                    failed.getLastException()))
            .build();
    try {
      Retry.call(
          again,
          () -> {
            logs.read(app, query(place.get()), new Filling(place));
            return Optional.empty();
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.error("the log of {} is not read any more for drain {}", app.path(), drain.id(), e);
    }
  }

  private LogQuery query(Optional<LogPosition> after) {
    LogQuery all = LogQuery.everything();
    return new LogQuery(
        all.processes(),
        Set.of(LogSource.values()),
        after,
        Optional.of(drain.addedAt()),
        OptionalInt.empty(),
        true);
  }

  /** Fills the buffer, and notes where the log is to be read on. */
  private final class Filling implements ProcessLogSink {
    private final AtomicReference<Optional<LogPosition>> place;

    Filling(AtomicReference<Optional<LogPosition>> place) {
      this.place = place;
    }

    @Override
    public void lines(List<LogLine> lines) {
      lines.forEach(buffer::add);
      place.set(Optional.of(lines.getLast().position()));
    }

    @Override
    public void lost(long count, LogPosition next) {
      buffer.lost(count);
      place.set(Optional.of(next));
    }

    @Override
    public void idle() {}
  }

  private void send() {
    RetryPolicy<Object> again =
        RetryPolicies.ownFailure(times.retry())
            .handleIf(e -> e instanceof IOException && !(e instanceof DrainConnection.BatchRefused))
            .onFailedAttempt(failed -> failed(failed.getLastException()))
            .build();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        DrainBuffer.Batch batch = buffer.take();
        List<LogLine> lines = withNotice(batch);
        try {
          Retry.call(
              again,
              () -> {
                handOver(lines);
                return Optional.empty();
              });
          delivered(batch);
        } catch (DrainConnection.BatchRefused e) {
          refused(batch, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.error("drain {} of {} is not delivered any more", drain.id(), app.path(), e);
    }
  }

  private void handOver(List<LogLine> lines) throws IOException, InterruptedException {
    handover.lockInterruptibly();
    try {
      if (stopping) {
        throw new InterruptedException();
      }
      connection.send(app, lines);
    } finally {
      handover.unlock();
    }
  }

  /** The receiver is told what is missing, where it is missing. */
  private static List<LogLine> withNotice(DrainBuffer.Batch batch) {
    if (batch.missing().isNone()) {
      return batch.lines();
    }
    LogLine first = batch.lines().getFirst();
    String count = batch.missing().lines() == 1 ? "1 line" : batch.missing().lines() + " lines";
    String text =
        "%s left out here: the drain did not take them in time, or the log did not keep them."
            .formatted(
                batch.missing().lines() == 0
                    ? "Some lines were"
                    : batch.missing().more()
                        ? "At least %s were".formatted(count)
                        : count + (batch.missing().lines() == 1 ? " was" : " were"));
    List<LogLine> lines = new ArrayList<>(batch.lines().size() + 1);
    lines.add(
        new LogLine(first.position(), first.at(), LogSource.PLATFORM, Optional.empty(), text));
    lines.addAll(batch.lines());
    return lines;
  }

  private void delivered(DrainBuffer.Batch batch) {
    if (progress.get().problem().isPresent()) {
      LOG.info("drain {} of {} delivers again", drain.id(), app.path());
    }
    progress.updateAndGet(now ->
        new LogDrain.Progress(
            Optional.of(batch.lines().getLast().position()),
            now.delivered() + batch.lines().size(),
            now.dropped() + batch.missing().lines(),
            0,
            Optional.of(clock.instant()),
            Optional.empty()));
  }

  private void refused(DrainBuffer.Batch batch, IOException why) {
    String problem = DrainProblem.sentence(drain.url(), why);
    LOG.info("drain {} of {}: {}", drain.id(), app.path(), problem);
    progress.updateAndGet(now ->
        new LogDrain.Progress(
            Optional.of(batch.lines().getLast().position()),
            now.delivered(),
            now.dropped() + batch.missing().lines() + batch.lines().size(),
            0,
            now.deliveredAt(),
            Optional.of(problem)));
  }

  private void failed(Throwable failure) {
    if (!(failure instanceof IOException e) || e instanceof DrainConnection.BatchRefused) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      return; // it is stopped, which is no fault of the receiver's
    }
    Optional<String> problem = Optional.of(DrainProblem.sentence(drain.url(), e));
    if (!problem.equals(progress.get().problem())) {
      LOG.info("drain {} of {}: {}", drain.id(), app.path(), problem.get());
    }
    progress.updateAndGet(now ->
        new LogDrain.Progress(
            now.position(),
            now.delivered(),
            now.dropped(),
            now.dropping(),
            now.deliveredAt(),
            problem));
  }

  @Override
  public void close() {
    close(List.of(this));
  }

  /**
   * Stops all of these at the same time. What is on its way to a receiver may arrive: cut off in
   * the middle, it would be sent once more later, although the receiver may have it.
   */
  static void close(Collection<DrainDelivery> deliveries) {
    deliveries.forEach(DrainDelivery::beginNothing);
    long end = System.nanoTime() + ARRIVING.toNanos();
    deliveries.forEach(delivery -> delivery.interruptSender(end));
    BoundedStop.stop(
        deliveries.stream().flatMap(it -> Stream.of(it.reader, it.sender)).toList(), STOPPING);
    deliveries.forEach(it -> it.connection.close());
  }

  private void beginNothing() {
    stopping = true;
    reader.interrupt();
  }

  /** Interrupts it while nothing is on its way, or at that moment at the latest. */
  private void interruptSender(long end) {
    boolean idle = false;
    try {
      idle = handover.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.interrupt();
    if (idle) {
      handover.unlock();
    }
  }
}
