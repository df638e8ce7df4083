package io.platform.proxy;

import java.time.Duration;

/**
 * Bounds on pages that are fetched for users.
 *
 * @param bytes of a page
 * @param redirects on the way to it
 * @param time for all of it
 */
public record PageLimits(int bytes, int redirects, Duration time) {
  /** 256 KiB, 3 redirects, 10 seconds. */
  public static PageLimits defaults() {
    return new PageLimits(256 << 10, 3, Duration.ofSeconds(10));
  }
}
