package io.platform.service;

import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for a state: reads it until it is as wanted, woken by signals. Time is measured by a clock
 * that nobody can set.
 */
final class StateWait {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Signals signals;

  StateWait(Signals signals) {
    this.signals = signals;
  }

  /** The first state that is as wanted, or else the state when the time is over. */
  <T> T until(Topic topic, Duration limit, Supplier<T> state, Predicate<T> wanted)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      Signals.Ticket ticket = signals.ticket(topic);
      T now = state.get();
      Optional<Duration> left =
          Optional.of(limit.minusNanos(System.nanoTime() - begun)).filter(Duration::isPositive);
      if (wanted.test(now) || left.isEmpty()) {
        return now;
      }
      ticket.await(left.get().compareTo(LOOK) < 0 ? left.get() : LOOK);
    }
  }
}
