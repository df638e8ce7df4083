package io.platform.commons.http;

import java.time.Duration;

/**
 * The settings of an HTTP server.
 *
 * @param requests how slowly clients may send and read
 * @param drain how long requests that are under way may take to end when the server stops; they are
 *     cut off at once where it is zero
 */
public record HttpServerConfig(ServerName name, SlowRequestLimits requests, Duration drain) {
  /** The usual limits, and no time to drain. */
  public static HttpServerConfig of(ServerName name) {
    return new HttpServerConfig(name, SlowRequestLimits.defaults(), Duration.ZERO);
  }
}
