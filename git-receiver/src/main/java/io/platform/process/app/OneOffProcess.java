package io.platform.process.app;

import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessState;
import io.platform.domain.port.OneOffSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A one-off process that runs, whoever is connected to it. */
final class OneOffProcess {
  private final OneOffSpec spec;
  private final Supplier<Set<ProcessHandle>> processes;
  private final Consumer<Duration> stop;
  private final CompletableFuture<Integer> ended;
  private final Instant since = Instant.now();
  private final ProcessUsage usage = new ProcessUsage();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile boolean tooOld;

  /**
   * One that was just started.
   *
   * @param processes all that it consists of now
   * @param stop stops it within the grace, and returns when it has ended
   */
  OneOffProcess(
      OneOffSpec spec,
      Supplier<Set<ProcessHandle>> processes,
      Consumer<Duration> stop,
      CompletableFuture<Integer> ended) {
    this.spec = spec;
    this.processes = processes;
    this.stop = stop;
    this.ended = ended;
  }

  OneOffSpec spec() {
    return spec;
  }

  CompletableFuture<Integer> ended() {
    return ended;
  }

  /** Calls the action when it has run for as long as it may. */
  void whenTooOld(Runnable action) {
    CompletableFuture<Boolean> over =
        ended
            .thenApply(exitCode -> false)
            .completeOnTimeout(true, spec.lifetime().toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<Void> _ =
        over.thenAccept(timeUp -> {
          if (timeUp) {
            tooOld = true;
            action.run();
          }
        });
  }

  /** Why it was ended, where that was the platform's doing. */
  ExitDetail detail() {
    return tooOld ? new ExitDetail.TimeUp(spec.lifetime()) : new ExitDetail.Unknown();
  }

  /** SIGTERM, and SIGKILL after the grace. Returns when it has ended. */
  void stop(Duration grace) {
    stopping.set(true);
    stop.accept(grace);
  }

  /** How it is, and what it uses. */
  ProcessState state() {
    return new ProcessState(
        spec.name(),
        spec.run().release().version(),
        stopping.get() ? ProcessState.Status.STOPPING : ProcessState.Status.UP,
        Optional.empty(),
        Optional.of(since),
        0,
        usage.of(processes.get()),
        Optional.empty());
  }
}
