package io.platform.bootstrap;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.platform.commons.http.RequestHeaderDeadline;
import io.platform.commons.http.VirtualThreads;
import io.platform.http.HttpDefaults;
import io.platform.http.SlowRequestLimits;
import io.platform.proxy.AppProxy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A program's port: routes, and before them, where there are any, the proxy and git. */
public final class HttpServer {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOOPBACK_6 = "::1";

  private HttpServer() {}

  /** Serves these routes alone. */
  public static AutoCloseable open(String address, int port, Consumer<JavalinConfig> routes)
      throws StartupException {
    return start(address, port, new VirtualThreads(), routes);
  }

  /** Serves the proxy first, by host name; then git, by the shape of the path; then the routes. */
  public static AutoCloseable open(
      String address, int port, AppProxy proxy, Filter git, Consumer<JavalinConfig> routes)
      throws StartupException {
    return start(
        address,
        port,
        new ProxyFirstHandler(proxy),
        config -> {
          config.jetty.modifyHttpConfiguration(AppProxy::configure);
          config.jetty.modifyServletContextHandler(context -> {
            FilterHolder holder = new FilterHolder(git);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
          });
          routes.accept(config);
        });
  }

  private static AutoCloseable start(
      String address, int port, VirtualThreads handlers, Consumer<JavalinConfig> more)
      throws StartupException {
    Javalin javalin =
        Javalin.create(config -> {
          HttpDefaults.apply(config, handlers);
          for (String each : addresses(address)) {
            config.jetty.addConnector((server, http) -> connector(server, http, each, port));
          }
          more.accept(config);
        });
    try {
      javalin.start();
      return javalin::stop;
    } catch (RuntimeException e) {
      javalin.stop();
      throw new StartupException(
          "The platform cannot listen on %s port %d: %s. Stop what listens there, or choose another port."
              .formatted(address, port, rootMessage(e)),
          e);
    }
  }

  /** The name localhost means both loopback addresses, and many clients try ::1 first. */
  private static List<String> addresses(String address) {
    return address.equals(LOOPBACK) && canListenOnIp6Loopback()
        ? List.of(LOOPBACK, LOOPBACK_6)
        : List.of(address);
  }

  private static boolean canListenOnIp6Loopback() {
    try (ServerSocket tried = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK_6))) {
      return tried.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static Connector connector(
      Server server, HttpConfiguration http, String address, int port) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address);
    connector.setPort(port);
    connector.addBean(RequestHeaderDeadline.of(connector, SlowRequestLimits.defaults().headers()));
    return connector;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
