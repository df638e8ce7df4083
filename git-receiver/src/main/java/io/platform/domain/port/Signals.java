package io.platform.domain.port;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notifies waiters of changes. A signal may be lost; who waits looks again after a few seconds
 * anyway.
 */
public interface Signals {
  /**
   * Take the ticket first, then read the state, then wait on the ticket: no change in between is
   * missed.
   */
  Ticket ticket(Topic topic);

  /** Something changed. Never blocks. */
  void raise(Topic topic);

  /** Calls the consumer, which must not block, at each signal. */
  Subscription listen(Consumer<Topic> consumer);

  /** A place in the queue of one topic. */
  interface Ticket {
    /** Whether the topic was raised since the ticket was taken; waits for it at most so long. */
    boolean await(Duration limit) throws InterruptedException;
  }
}
