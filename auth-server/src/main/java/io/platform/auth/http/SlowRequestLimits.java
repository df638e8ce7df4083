package io.platform.auth.http;

import java.time.Duration;

/**
 * How slowly a client may send its request.
 *
 * @param headers from the first byte of the request line to the end of the headers
 * @param body for the whole body
 */
public record SlowRequestLimits(Duration headers, Duration body) {
  /** Limits that no request keeps are mistakes. */
  public SlowRequestLimits {
    if (!headers.isPositive() || !body.isPositive()) {
      throw new IllegalArgumentException("requests have no time to come");
    }
  }

  /** 30 seconds each. */
  public static SlowRequestLimits defaults() {
    return new SlowRequestLimits(Duration.ofSeconds(30), Duration.ofSeconds(30));
  }
}
