package io.platform.http;

import io.javalin.config.Key;
import java.time.Duration;

/**
 * How slowly a client may send its request.
 *
 * @param headers from the first byte of the request line to the end of the headers
 * @param smallBody for the whole of a body that is read into memory
 * @param uploadBytesPerSecond what a streamed body must bring, averaged over {@code uploadWindow}
 * @param uploadWindow how long is waited for the client until that is looked at
 */
public record SlowRequestLimits(
    Duration headers, Duration smallBody, int uploadBytesPerSecond, Duration uploadWindow) {
  /** Where a server keeps them for its handlers. */
  static final Key<SlowRequestLimits> KEY = new Key<>("slow-request-limits");

  /** Limits that no request keeps are mistakes. */
  public SlowRequestLimits {
    if (!headers.isPositive() || !smallBody.isPositive() || !uploadWindow.isPositive()) {
      throw new IllegalArgumentException("requests have no time to come");
    }
    if (uploadBytesPerSecond < 0) {
      throw new IllegalArgumentException("an upload cannot bring less than nothing");
    }
  }

  /** 30 seconds for headers and for small bodies; 1 KiB a second, over a minute, for others. */
  public static SlowRequestLimits defaults() {
    return new SlowRequestLimits(
        Duration.ofSeconds(30), Duration.ofSeconds(30), 1024, Duration.ofMinutes(1));
  }
}
