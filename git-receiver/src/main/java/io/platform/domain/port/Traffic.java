package io.platform.domain.port;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where requests for apps go: the runtime moves an app's traffic, the proxy carries it.
 *
 * <p>To switch a release without an error: {@link #route} its hosts to the new process, wait (a
 * bounded time) for {@link #drained} of the old one, then stop the old one.
 */
public interface Traffic {

  /**
   * Sends every request for these hosts that begins after this call to the target. Requests in
   * flight stay where they are; other hosts are not touched.
   *
   * @param hosts host names without port; case does not matter
   * @param target a resolved address that accepts connections now
   */
  void route(Set<String> hosts, InetSocketAddress target);

  /** New requests for these hosts find no app any more. Requests in flight stay where they are. */
  void withdraw(Set<String> hosts);

  /**
   * Completes when no request or upgraded connection (WebSocket) is in flight on the target; at
   * once, where none is. Meant to be asked after the target's hosts were routed elsewhere or
   * withdrawn: while they are not, "none in flight" is only true of the moment. There is no time
   * limit of its own.
   */
  CompletionStage<Void> drained(InetSocketAddress target);
}
