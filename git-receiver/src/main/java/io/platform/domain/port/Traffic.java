package io.platform.domain.port;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Routes requests to apps: a runtime sets an app's upstreams, and the proxy forwards to them.
 *
 * <p>To switch a release without an error: {@link #route} its hosts to the new processes, wait (a
 * bounded time) for {@link #drained} of the old ones, then stop those.
 */
public interface Traffic {

  /**
   * Sends every request for these hosts that begins after this call to one of the upstreams: to the
   * one with the fewest requests in flight. Requests in flight stay where they are; other hosts are
   * not touched.
   *
   * @param hosts host names without port; case does not matter
   * @param upstreams at least one
   */
  void route(Set<String> hosts, List<Upstream> upstreams, RouteOptions options);

  /** The same, with each request on its own. */
  default void route(Set<String> hosts, List<Upstream> upstreams) {
    route(hosts, upstreams, RouteOptions.NONE);
  }

  /** New requests for these hosts find no app any more. Requests in flight stay where they are. */
  void withdraw(Set<String> hosts);

  /**
   * Completes when no request or upgraded connection (WebSocket) is in flight on the upstream; at
   * once, where none is. Meant to be asked after the hosts were routed elsewhere or withdrawn:
   * while they are not, "none in flight" is only true of the moment. There is no time limit of its
   * own.
   */
  CompletionStage<Void> drained(Upstream upstream);
}
