package io.platform.proxy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Time limits, size limits and trusted proxies of the proxy.
 *
 * @param connect until a connection to the app stands
 * @param firstByte from the last byte of the request to the first byte of the app's answer; then
 *     504
 * @param requestIdle without any byte moving while the request is still being sent; then 408 or 504
 * @param streamIdle without any byte moving after the answer has begun, or on a WebSocket
 * @param keepAlive how long an unused connection to an app is kept; less than the shortest time-out
 *     of common app servers, so that the proxy closes first
 * @param connectionsPerApp connections to one app at one time, WebSockets included; as many
 *     requests again wait in line, beyond that 503
 * @param trustedPeer addresses of load balancers in front of the platform, whose X-Forwarded-* are
 *     believed; from all others they are removed
 */
public record ProxySettings(
    Duration connect,
    Duration firstByte,
    Duration requestIdle,
    Duration streamIdle,
    Duration keepAlive,
    int connectionsPerApp,
    Predicate<InetAddress> trustedPeer) {

  /** What Heroku users expect, with longer silence in streams (an hour instead of 55 seconds). */
  public static ProxySettings standard() {
    return new ProxySettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(55),
        Duration.ofHours(1),
        Duration.ofMillis(1500),
        10_000,
        peer -> false);
  }

  /** The same settings, except for the wait for the first byte. */
  public ProxySettings withFirstByte(Duration wait) {
    return new ProxySettings(
        connect, wait, requestIdle, streamIdle, keepAlive, connectionsPerApp, trustedPeer);
  }

  /** The same settings, except for the peers that are believed. */
  public ProxySettings withTrustedPeer(Predicate<InetAddress> trusted) {
    return new ProxySettings(
        connect, firstByte, requestIdle, streamIdle, keepAlive, connectionsPerApp, trusted);
  }
}
