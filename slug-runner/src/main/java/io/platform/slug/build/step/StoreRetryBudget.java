package io.platform.slug.build.step;

import io.platform.slug.SteadyClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time that a builder waits for an object store that fails while the platform answers. The
 * platform itself is waited for until the build's deadline: it comes back, and the build with it.
 */
public final class StoreRetryBudget {
  /** From the first failure on. */
  public static final Duration USUAL = Duration.ofSeconds(90);

  private final Duration limit;
  private Instant end = Instant.MAX;

  public StoreRetryBudget(Duration limit) {
    this.limit = limit;
  }

  /** The platform did not answer: nothing is known of the store. */
  void platformFailed() {
    end = Instant.MAX;
  }

  void storeFailed() {
    if (end.equals(Instant.MAX)) {
      end = SteadyClock.now().plus(limit);
    }
  }

  boolean over() {
    return !SteadyClock.now().isBefore(end);
  }
}
