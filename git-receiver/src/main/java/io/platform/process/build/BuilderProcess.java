package io.platform.process.build;

import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.process.sandbox.ChildProcess;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** One builder, from its launch until it is removed. Guarded by {@link ProcessBuildRunner}. */
final class BuilderProcess {
  /** The phases of its life, in this order. */
  enum Phase {
    WAITS,
    STARTS,
    RUNS,
    ENDED
  }

  final BuildSpec spec;

  Phase phase = Phase.WAITS;

  /** The event that was told last. */
  Optional<BuilderEvent> state = Optional.empty();

  /** Completed when its start has succeeded; empty where it failed. */
  final CompletableFuture<Optional<ChildProcess>> child = new CompletableFuture<>();

  /** Open until it has ended and its directory is gone. */
  final CountDownLatch gone = new CountDownLatch(1);

  BuilderProcess(BuildSpec spec) {
    this.spec = spec;
  }

  /** Whether it takes one of the places of builders that run at the same time. */
  boolean takesPlace() {
    return phase == Phase.STARTS || phase == Phase.RUNS;
  }
}
