package io.platform.slug.build;

import io.platform.slug.SlugExitCode;
import io.platform.slug.SteadyClock;
import io.platform.slug.build.process.ChildReaper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends a build from outside: at its deadline, or when the platform has ended it. What runs is
 * killed, and the thread that builds is interrupted; it then finds the reason here.
 */
final class BuildStop {
  private final Thread builder;
  private final AtomicReference<@Nullable SlugExitCode> reason = new AtomicReference<>();
  private boolean disarmed;

  /** Stops what {@code builder} does. */
  BuildStop(Thread builder) {
    this.builder = builder;
  }

  /** The first reason holds. */
  void now(SlugExitCode why) {
    if (reason.compareAndSet(null, why)) {
      ChildReaper.kill();
      interrupt();
    }
  }

  private synchronized void interrupt() {
    if (!disarmed) {
      builder.interrupt();
    }
  }

  /** Stops the build at {@code deadline}. */
  void at(Instant deadline) {
    Thread.ofPlatform()
        .name("deadline")
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(Duration.between(SteadyClock.now(), deadline));
            now(SlugExitCode.DEADLINE);
          } catch (InterruptedException builderIsDone) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /**
   * From now on there is nothing to stop; an interrupt that came is taken back, and none will come.
   */
  synchronized void disarm() {
    disarmed = true;
    boolean taken = Thread.interrupted();
    assert taken || !Thread.currentThread().isInterrupted();
  }

  Optional<SlugExitCode> reason() {
    return Optional.ofNullable(reason.get());
  }
}
