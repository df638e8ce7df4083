package io.platform.proxy;

import io.javalin.Javalin;
import io.platform.domain.port.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The platform's port as it is in production: Javalin, with the proxy in front. Hosts ending in
 * {@code .localhost} are apps'.
 */
public final class Front implements AutoCloseable {
  static final String HOST = "shop-acme.localhost";
  private static final Map<String, HostState> KNOWN =
      Map.of("empty-acme.localhost", HostState.EMPTY, "down-acme.localhost", HostState.DOWN);

  private final AppProxy proxy;
  private final Javalin javalin;
  private final AtomicReference<Optional<Upstream>> standing =
      new AtomicReference<>(Optional.empty());

  /** With the standard settings. */
  public Front() {
    this(ProxySettings.standard());
  }

  Front(ProxySettings settings) {
    this(settings, 30_000);
  }

  Front(ProxySettings settings, long connectorIdleMillis) {
    proxy =
        new AppProxy(
            host -> host.equals("localhost") || host.equals("platform.example.com"),
            host -> KNOWN.getOrDefault(host, HostState.NO_APP),
            host -> Optional.empty(),
            host -> standing.get(),
            settings);
    javalin =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.modifyHttpConfiguration(AppProxy::configure);
                  config.jetty.modifyServer(
                      server -> server.setHandler(new Handler.Sequence(proxy)));
                  config.jetty.addConnector((server, http) -> {
                    ServerConnector connector =
                        new ServerConnector(server, new HttpConnectionFactory(http));
                    connector.setHost("127.0.0.1");
                    connector.setIdleTimeout(connectorIdleMillis);
                    return connector;
                  });
                  config.routes.get(
                      "/<path>", context -> context.result("platform " + context.path()));
                })
            .start();
  }

  /** What routes are told to. */
  public AppProxy proxy() {
    return proxy;
  }

  int port() {
    return javalin.port();
  }

  /** Routes the usual host to these ports of this machine. */
  Front to(int... ports) {
    proxy.route(Set.of(HOST), Arrays.stream(ports).mapToObj(Front::target).toList());
    return this;
  }

  /** All apps' hosts that nothing is routed for are at this port, where this release runs. */
  Front standing(int port, String release) {
    standing.set(Optional.of(new Upstream(address(port), release)));
    return this;
  }

  static Upstream target(int port) {
    return new Upstream(address(port), "release");
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  Wire connect() throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), port()));
  }

  /** Sends the text as it is and returns everything up to the end of the connection. */
  String exchange(String request) throws IOException {
    try (Wire wire = connect()) {
      wire.send(request);
      return new String(wire.in().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** A GET whose connection closes after the answer. */
  public String get(String host, String target, String... headers) throws IOException {
    StringBuilder request =
        new StringBuilder(
            "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return exchange(request.append("\r\n").toString());
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
