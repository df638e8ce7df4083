package io.platform.commons.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose request line and headers do not arrive in time. Jetty closes only
 * connections on which nothing arrives, not those on which bytes trickle in. Bodies and answers may
 * take longer.
 */
public final class RequestHeaderDeadline extends AbstractLifeCycle implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHeaderDeadline.class);
  private static final int LOOKS = 4;
  private static final long NONE = 0;

  private final Connector connector;
  private final long limit;

  /** Open connections, and which request of theirs was found late: when it began. */
  private final Map<HttpConnection, Long> connections = new ConcurrentHashMap<>();

  private RequestHeaderDeadline(Connector connector, Duration limit) {
    this.connector = connector;
    this.limit = limit.toNanos();
  }

  /** For a connector's connections; to be added to it as a bean. */
  public static RequestHeaderDeadline of(Connector connector, Duration limit) {
    return new RequestHeaderDeadline(connector, limit);
  }

  @Override
  protected void doStart() {
    lookLater();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      connections.put(http, NONE);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof HttpConnection http) {
      connections.remove(http);
    }
  }

  private void lookLater() {
    connector.getScheduler().schedule(this::look, limit / LOOKS, TimeUnit.NANOSECONDS);
  }

  private void look() {
    if (!isStarting() && !isRunning()) {
      return;
    }
    connections.forEach(this::check);
    lookLater();
  }

  /** Ends what is late twice: the parser may be between two requests while it is looked at. */
  private void check(HttpConnection connection, long lateBefore) {
    long late = late(connection.getParser());
    if (late == NONE || late != lateBefore) {
      connections.replace(connection, late);
      return;
    }
    LOG.info(
        "closed the connection from {}: the headers of its request did not arrive in time",
        connection.getRemoteSocketAddress());
    connections.remove(connection);
    connection.getEndPoint().close();
  }

  /** When the request began whose headers are late. */
  private long late(HttpParser parser) {
    boolean inHeaders = parser.getState().compareTo(HttpParser.State.CONTENT) < 0;
    long begun = parser.getBeginNanoTime();
    return inHeaders && begun != NONE && System.nanoTime() - begun > limit ? begun : NONE;
  }
}
