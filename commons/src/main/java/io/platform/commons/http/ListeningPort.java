package io.platform.commons.http;

import io.javalin.config.JavalinConfig;
import io.platform.commons.settings.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A port that is bound and not served yet. Who waits for a connection waits until it is served; a
 * port that is taken is known at once.
 */
public final class ListeningPort implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOOPBACK_6 = "::1";

  /** How many free ports of one address are tried on the other one. */
  private static final int ATTEMPTS = 10;

  private final List<ServerSocketChannel> sockets = new ArrayList<>();
  private int port;

  private ListeningPort(int port) {
    this.port = port;
  }

  /**
   * Binds a port: on both loopback addresses where it is 127.0.0.1 or localhost, as the name
   * localhost means both and many clients try ::1 first.
   *
   * @param port 0 for one that is free
   * @param setting that chooses the port, for the operator
   * @throws IOException with a sentence for the operator, where it cannot be bound
   */
  public static ListeningPort bind(
      ServerName server, ListenAddress address, int port, String setting) throws IOException {
    for (int attempt = 1; ; attempt++) {
      ListeningPort listening = new ListeningPort(port);
      try {
        for (String each : addresses(address)) {
          listening.bind(each);
        }
        return listening;
      } catch (IOException e) {
        listening.close();
        if (port != 0 || attempt == ATTEMPTS) {
          throw new IOException(
              "%s cannot listen on %s port %d: %s."
                  .formatted(server.subject(), address, port, reason(address, setting, e)),
              e);
        }
      }
    }
  }

  /** What is wrong and what to do, from the messages of bind(2). */
  private static String reason(ListenAddress address, String setting, IOException e) {
    if (e instanceof UnknownHostException) {
      return "no host has the name %s. Give an address of this machine".formatted(address);
    }
    return switch (String.valueOf(e.getMessage())) {
      case "Address already in use" ->
          "another program listens there. Stop it, or choose another port (%s)".formatted(setting);
      case "Permission denied" ->
          "the system keeps this port for root. Choose a port from 1024 on (%s)".formatted(setting);
      case "Cannot assign requested address", "Invalid argument" ->
          "this machine does not have that address. Give one of its own, or 0.0.0.0 for all";
      default -> e.getMessage() + ". Choose another address or port";
    };
  }

  private static List<String> addresses(ListenAddress address) {
    boolean both = address.host().equals(LOOPBACK) || address.host().equalsIgnoreCase("localhost");
    return both && canListenOnIp6Loopback()
        ? List.of(LOOPBACK, LOOPBACK_6)
        : List.of(address.host());
  }

  private static boolean canListenOnIp6Loopback() {
    try (ServerSocket tried = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK_6))) {
      return tried.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private void bind(String address) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    sockets.add(socket);
    socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    port = socket.socket().getLocalPort();
  }

  /** The number of the port. */
  public int port() {
    return port;
  }

  /** Lets a Javalin that is being configured serve this port. */
  void serve(JavalinConfig javalin, SlowRequestLimits limits) {
    serve(javalin, limits, http -> new ConnectionFactory[] {new HttpConnectionFactory(http)});
  }

  /** The same with these protocols. */
  void serve(
      JavalinConfig javalin,
      SlowRequestLimits limits,
      Function<HttpConfiguration, ConnectionFactory[]> protocols) {
    for (ServerSocketChannel socket : sockets) {
      javalin.jetty.addConnector((server, http) ->
          connector(new ServerConnector(server, protocols.apply(http)), socket, limits));
    }
  }

  private static Connector connector(
      ServerConnector connector, ServerSocketChannel socket, SlowRequestLimits limits) {
    try {
      connector.open(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve " + socket, e);
    }
    connector.addBean(TlsHandshakeDeadline.of(connector, limits.headers()));
    connector.addBean(RequestHeaderDeadline.of(connector, limits.headers()));
    return connector;
  }

  @Override
  public void close() {
    for (ServerSocketChannel socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException("port %d cannot be closed".formatted(port), e);
      }
    }
  }
}
