package io.platform.process.log;

import java.time.Duration;

/**
 * The limits of an app's log, on disk and in memory on its way there.
 *
 * @param bytes most bytes of all its files together; the oldest lines go first
 * @param age a line is kept for about so long
 * @param waitingBytes most bytes that wait for the disk; as many may be on their way to it
 * @param maxWait how long a line of a process waits for room; then lines are left out until there
 *     is some
 * @param closing how long the end of the log waits for the disk
 */
public record AppLogLimits(
    long bytes, Duration age, long waitingBytes, Duration maxWait, Duration closing) {
  /** Parts of a log: so much of it goes at a time when it is full, or too old. */
  private static final int FILES = 8;

  /** 32 MiB and a week. */
  public static AppLogLimits defaults() {
    return new AppLogLimits(
        32L << 20, Duration.ofDays(7), 1 << 20, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  /** These limits, for logs of another size and age. */
  public AppLogLimits keeping(long most, Duration longest) {
    return new AppLogLimits(most, longest, waitingBytes, maxWait, closing);
  }

  /** When a new file is begun. */
  long fileBytes() {
    return Math.max(1, bytes / FILES);
  }

  /** When a new file is begun, however small the last one is. */
  Duration fileAge() {
    return age.dividedBy(FILES);
  }
}
