package io.platform.domain;

import java.time.Duration;

/**
 * The limits of one-off processes, which users run beside those of their apps.
 *
 * @param perUser how many connections to processes a user may have at a time
 * @param perApp how many one-off processes of an app run at a time, detached ones included
 * @param connections how many connections to processes there are at a time, of all users
 * @param lifetime how long a one-off process may run
 * @param commandBytes of a command, in UTF-8
 * @param environmentBytes of the variables that come with it, names and values
 */
public record OneOffLimits(
    int perUser,
    int perApp,
    int connections,
    Duration lifetime,
    int commandBytes,
    int environmentBytes) {
  /** 20 a user, 10 an app, 64 in all, a day, 32 KiB each. */
  public static OneOffLimits defaults() {
    return new OneOffLimits(20, 10, 64, Duration.ofDays(1), 32 << 10, 32 << 10);
  }

  /** These limits, with another lifetime. */
  public OneOffLimits withLifetime(Duration other) {
    return new OneOffLimits(perUser, perApp, connections, other, commandBytes, environmentBytes);
  }
}
