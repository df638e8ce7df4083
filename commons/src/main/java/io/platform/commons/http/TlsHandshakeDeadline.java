package io.platform.commons.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose TLS handshake does not end in time. Jetty closes only connections on
 * which nothing arrives, not those on which bytes trickle in.
 */
final class TlsHandshakeDeadline implements Connection.Listener, SslHandshakeListener {
  private static final Logger LOG = LoggerFactory.getLogger(TlsHandshakeDeadline.class);

  private final Connector connector;
  private final Duration limit;
  private final Map<SSLEngine, Scheduler.Task> handshakes = new ConcurrentHashMap<>();

  private TlsHandshakeDeadline(Connector connector, Duration limit) {
    this.connector = connector;
    this.limit = limit;
  }

  /** For a connector's connections; to be added to it as a bean. */
  static TlsHandshakeDeadline of(Connector connector, Duration limit) {
    return new TlsHandshakeDeadline(connector, limit);
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection tls) {
      handshakes.put(
          tls.getSSLEngine(),
          connector.getScheduler().schedule(() -> end(tls), limit.toNanos(), TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof SslConnection tls) {
      forget(tls.getSSLEngine());
    }
  }

  @Override
  public void handshakeSucceeded(Event event) {
    forget(event.getSSLEngine());
  }

  private void forget(SSLEngine engine) {
    Optional.ofNullable(handshakes.remove(engine)).ifPresent(Scheduler.Task::cancel);
  }

  private void end(SslConnection connection) {
    if (handshakes.remove(connection.getSSLEngine()) != null) {
      LOG.info(
          "closed the connection from {}: its TLS handshake did not end in time",
          connection.getEndPoint().getRemoteSocketAddress());
      connection.getEndPoint().close();
    }
  }
}
