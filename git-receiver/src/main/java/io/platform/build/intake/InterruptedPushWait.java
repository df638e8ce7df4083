package io.platform.build.intake;

import io.platform.domain.Build;
import io.platform.domain.BuildStatus;
import io.platform.domain.InstanceId;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for the end of a push whose receiver may have died: the platform ends it once its lease has
 * run out. A lease that is renewed shows that the push goes on, which is not waited for. Time is
 * measured by a clock that nobody can set.
 */
final class InterruptedPushWait {
  /** A renewal raises no signal. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Builds builds;
  private final Signals signals;
  private final InstanceId receiver;
  private final Duration limit;
  private final Consumer<Duration> waiting;
  private Optional<Long> begun = Optional.empty();

  /**
   * A wait of one push that has not begun.
   *
   * @param receiver this receiver, which is alive
   * @param limit for all pushes that are waited for
   * @param waiting told once if it waits, with the limit
   */
  InterruptedPushWait(
      Builds builds,
      Signals signals,
      InstanceId receiver,
      Duration limit,
      Consumer<Duration> waiting) {
    this.builds = builds;
    this.signals = signals;
    this.receiver = receiver;
    this.limit = limit;
    this.waiting = waiting;
  }

  /** Whether the push that holds the app's lock is over now; false if it goes on. */
  boolean awaitEnd(Build push) {
    if (push.status() != BuildStatus.RECEIVING || push.lease().holder().equals(receiver)) {
      return false;
    }
    long start = begin();
    try {
      while (true) {
        Signals.Ticket ticket = signals.ticket(new Topic.BuildChanged(push.id()));
        Optional<Build> now = builds.find(push.id()).filter(build -> !build.settled());
        if (now.isEmpty()) {
          return true;
        }
        if (goesOn(push, now.get()) || System.nanoTime() - start >= limit.toNanos()) {
          return false;
        }
        ticket.await(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long begin() {
    if (begun.isEmpty()) {
      begun = Optional.of(System.nanoTime());
      waiting.accept(limit);
    }
    return begun.get();
  }

  /** An abandoned push ends without being accepted, and is settled a moment later. */
  private static boolean goesOn(Build before, Build now) {
    return now.status() == BuildStatus.RECEIVING
        ? !now.lease().equals(before.lease())
        : !now.status().ended();
  }
}
