package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Service;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Waits until a Service accepts connections. Nodes learn of new pods a moment after Kubernetes
 * calls them available, and users open an app as soon as they read that it is up.
 */
final class ServiceProbe {
  /** Nodes take a second or two; where Services are out of reach from here, nothing is lost. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /**
   * kube-proxy changes a node's rules once a second unless told otherwise
   * (--iptables-min-sync-period).
   */
  private static final Duration NODES_HEAR_WITHIN = Duration.ofMillis(1200);

  private static final int CONNECT_MILLIS = 1000;

  private ServiceProbe() {}

  /**
   * Where pods of another release are on their way out, and serve on meanwhile: waits until no node
   * should lead to them any more. Nobody can be asked whether it still does.
   */
  static void awaitOnly() throws InterruptedException {
    Thread.sleep(NODES_HEAR_WITHIN);
  }

  static void await(Service service) throws InterruptedException {
    String address = service.getSpec().getClusterIP();
    int port = service.getSpec().getPorts().getFirst().getPort();
    Retry.call(
        Retry.until(connected -> connected, RetryPolicies.comesUp(LIMIT)),
        () -> connects(new InetSocketAddress(address, port)));
  }

  private static boolean connects(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
