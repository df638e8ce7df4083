package io.platform.auth.account;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The limits of failed logins, beyond which the next one has to wait. Each failure past the limit
 * doubles the wait, from one second up to {@code longestWait}; after a quiet {@code memory} the
 * failures are forgotten.
 *
 * @param perAccount failures for one e-mail address that cost nothing
 * @param perAddress failures from one network address that cost nothing
 */
public record ThrottleConfig(
    int perAccount, int perAddress, Duration longestWait, Duration memory) {

  public ThrottleConfig {
    requireNonNull(longestWait, "longestWait is null");
    requireNonNull(memory, "memory is null");
    if (perAccount < 1 || perAddress < 1) {
      throw new IllegalArgumentException("the limits are less than 1");
    }
    if (!longestWait.isPositive() || !memory.isPositive()) {
      throw new IllegalArgumentException("the longest wait and the memory are not positive");
    }
  }

  public static ThrottleConfig defaults() {
    return new ThrottleConfig(10, 50, Duration.ofMinutes(15), Duration.ofHours(1));
  }
}
