package io.platform.commons.retry;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;

/** The retry policies of the servers: how often, and with which pauses. */
public final class RetryPolicies {
  private static final int DOUBLE = 2;
  private static final int FOREVER = -1;

  private RetryPolicies() {}

  /** For what somebody else may win at the same moment: again at once. */
  public static <T> RetryPolicyBuilder<T> lostRace(int attempts) {
    return RetryPolicy.<T>builder().withMaxAttempts(attempts);
  }

  /**
   * For a transaction that lost against another one: 6 attempts. The first pause is 20 to 40 ms,
   * each is twice the one before, so that the one that won goes on, which a quick repeat would only
   * run into again.
   */
  public static <T> RetryPolicyBuilder<T> transaction() {
    return RetryPolicy.<T>builder()
        .withMaxAttempts(6)
        .withBackoff(Duration.ofMillis(30), Duration.ofSeconds(1), DOUBLE)
        .withJitter(1.0 / 3);
  }

  /** For a connection that broke: 8 attempts within 13 seconds, with pauses from 100 ms on. */
  public static <T> RetryPolicyBuilder<T> reconnect() {
    return RetryPolicy.<T>builder()
        .withMaxAttempts(8)
        .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(10), DOUBLE);
  }

  /** For what somebody else holds: every so often, until it is free. */
  public static <T> RetryPolicyBuilder<T> held(Duration pause) {
    return RetryPolicy.<T>builder().withMaxAttempts(FOREVER).withDelay(pause);
  }

  /** For what others hear of a little later: pauses that double, from 50 ms on. */
  public static <T> RetryPolicyBuilder<T> propagation(Duration limit) {
    return RetryPolicy.<T>builder()
        .withMaxAttempts(FOREVER)
        .withBackoff(Duration.ofMillis(50), limit.dividedBy(2), DOUBLE)
        .withMaxDuration(limit);
  }

  /** For what comes up in a moment: every 50 ms. */
  public static <T> RetryPolicyBuilder<T> comesUp(Duration limit) {
    return RetryPolicy.<T>builder()
        .withMaxAttempts(FOREVER)
        .withDelay(Duration.ofMillis(50))
        .withMaxDuration(limit);
  }

  /**
   * For a question to a server of which one instance may just have gone: 6 attempts with pauses
   * that double, from an eightieth to a tenth of the time that all of them may take.
   */
  public static <T> RetryPolicyBuilder<T> instanceGone(Duration limit) {
    return RetryPolicy.<T>builder()
        .withMaxAttempts(6)
        .withBackoff(limit.dividedBy(80), limit.dividedBy(10), DOUBLE);
  }

  /** For a failure of the platform's own: without end, with pauses that double five times. */
  public static <T> RetryPolicyBuilder<T> ownFailure(Duration firstPause) {
    return RetryPolicy.<T>builder()
        .withMaxAttempts(FOREVER)
        .withBackoff(firstPause, firstPause.multipliedBy(32), DOUBLE);
  }
}
