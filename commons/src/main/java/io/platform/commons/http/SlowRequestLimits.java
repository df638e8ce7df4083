package io.platform.commons.http;

import io.javalin.config.Key;
import java.time.Duration;

/**
 * The least speed at which a client sends its request and takes the answer.
 *
 * @param headers from the first byte of the request line to the end of the headers; a TLS handshake
 *     has as long, from the connection on
 * @param smallBody for the whole of a body that is read into memory
 * @param bytesPerSecond what a streamed body must bring, and the reader of a streamed object take,
 *     averaged over {@code window}
 * @param window how long is waited for the client until that is looked at
 */
public record SlowRequestLimits(
    Duration headers, Duration smallBody, int bytesPerSecond, Duration window) {
  /** Where a server keeps them for its handlers. */
  static final Key<SlowRequestLimits> KEY = new Key<>("slow-request-limits");

  /** Limits that no request keeps are mistakes. */
  public SlowRequestLimits {
    if (!headers.isPositive() || !smallBody.isPositive() || !window.isPositive()) {
      throw new IllegalArgumentException("requests have no time to come");
    }
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("nobody sends less than nothing");
    }
  }

  /** 30 seconds for headers and for small bodies; 1 KiB a second, over a minute, for others. */
  public static SlowRequestLimits defaults() {
    return new SlowRequestLimits(
        Duration.ofSeconds(30), Duration.ofSeconds(30), 1024, Duration.ofMinutes(1));
  }
}
