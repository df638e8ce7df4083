package io.platform.build.supervision;

import io.platform.build.BuildLifecycle;
import io.platform.build.Supervisor;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.port.Builds;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives every build on a thread of its own, whoever follows it. */
public final class BuildSupervisor implements Supervisor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuildSupervisor.class);
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Builds builds;
  private final BuildLifecycle lifecycle;
  private final BuildRun run;
  private final Duration retryAfter;
  private final InstantSource clock;
  private final InstantSource steady;
  private final ConcurrentMap<BuildId, Thread> threads = new ConcurrentHashMap<>();
  private final List<Consumer<Build>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * A supervisor that drives what it is told to.
   *
   * @param retryAfter how long to wait after a failure of the platform's own
   * @param clock the time of day, for what is stored
   * @param steady for waits: it is not set
   */
  public BuildSupervisor(
      Builds builds,
      BuildLifecycle lifecycle,
      BuildRun run,
      Duration retryAfter,
      InstantSource clock,
      InstantSource steady) {
    this.builds = builds;
    this.lifecycle = lifecycle;
    this.run = run;
    this.retryAfter = retryAfter;
    this.clock = clock;
    this.steady = steady;
  }

  /** Tells of each build that was settled. The listener must not block. */
  public void whenSettled(Consumer<Build> listener) {
    listeners.add(listener);
  }

  @Override
  public void supervise(BuildId build) {
    drive(build, Optional.empty());
  }

  @Override
  public boolean giveUp(BuildId build, BuildEnd.Failed why) {
    boolean written = tryToEnd(build, why);
    drive(build, Optional.of(why));
    return written && !closed;
  }

  /** Whether a thread of this process drives the build. */
  public boolean supervises(BuildId build) {
    return threads.containsKey(build);
  }

  private boolean tryToEnd(BuildId build, BuildEnd.Failed why) {
    try {
      lifecycle.end(build, why);
      return true;
    } catch (RuntimeException e) {
      LOG.error("build {} could not be ended; that is tried again", build, e);
      return false;
    }
  }

  private void drive(BuildId build, Optional<BuildEnd.Failed> refusal) {
    if (!closed) {
      threads.computeIfAbsent(
          build,
          id ->
              Thread.ofVirtual()
                  .name("build-" + id)
                  .start(() -> runUntilSettled(new SupervisedBuild(id, refusal, clock, steady))));
    }
  }

  private void runUntilSettled(SupervisedBuild build) {
    try {
      Retry.call(
          Retry.until(done -> done, RetryPolicies.ownFailure(retryAfter)), () -> runOnce(build));
      builds
          .find(build.id())
          .ifPresent(settled -> listeners.forEach(listener -> listener.accept(settled)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.remove(build.id());
    }
  }

  private boolean runOnce(SupervisedBuild build) throws InterruptedException {
    try {
      run.drive(build);
      return true;
    } catch (IOException | RuntimeException e) {
      if (!closed) { // what is interrupted by the stop is taken up at the next start
        LOG.warn("build {} could not be driven on; it is tried again", build.id(), e);
      }
      return false;
    }
  }

  /** Stops driving; what is not settled is taken up at the next start. */
  @Override
  public void close() {
    closed = true;
    List<Thread> running = List.copyOf(threads.values());
    BoundedStop.stop(running, STOPPING);
  }
}
