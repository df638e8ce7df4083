package io.platform.process.build;

import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.process.sandbox.ChildProcess;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One builder, from its launch until it is removed. Guarded by {@link ProcessBuildRunner}. */
final class BuilderProcess {
  final BuildSpec spec;

  /** What is true of it now. */
  BuilderEvent state;

  /** Open until it has ended and its directory is gone. */
  final CountDownLatch gone = new CountDownLatch(1);

  @Nullable ChildProcess child;

  BuilderProcess(BuildSpec spec, BuilderEvent state) {
    this.spec = spec;
    this.state = state;
  }

  boolean waits() {
    return state instanceof BuilderEvent.Noticed;
  }

  boolean runs() {
    return state instanceof BuilderEvent.Started;
  }

  boolean ended() {
    return state instanceof BuilderEvent.Ended;
  }
}
