package io.platform.process.app;

import java.time.Duration;

/**
 * Limits for the part of an app's log that is not yet on the disk.
 *
 * @param waitingBytes most bytes that wait; as many may be on their way to the disk
 * @param patience how long a line waits for room; then lines are left out until there is some
 * @param closing how long the end of the log waits for the disk
 */
record AppLogLimits(long waitingBytes, Duration patience, Duration closing) {
  static AppLogLimits defaults() {
    return new AppLogLimits(1 << 20, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }
}
