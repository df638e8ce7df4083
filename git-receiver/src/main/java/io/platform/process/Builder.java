package io.platform.process;

import io.platform.app.BuildSpec;
import io.platform.app.RunnerEvent;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One builder, from its launch until nobody wants to know of it any more. Guarded by {@link
 * LocalBuilds}.
 */
final class Builder {
  final BuildSpec spec;

  /** What is true of it now. */
  RunnerEvent state;

  /** Open until it has ended and its directory is gone. */
  final CountDownLatch gone = new CountDownLatch(1);

  @Nullable Child child;

  Builder(BuildSpec spec, RunnerEvent state) {
    this.spec = spec;
    this.state = state;
  }

  boolean waits() {
    return state instanceof RunnerEvent.Noticed;
  }

  boolean runs() {
    return state instanceof RunnerEvent.Started;
  }

  boolean ended() {
    return state instanceof RunnerEvent.Exited;
  }
}
