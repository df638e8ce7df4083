package io.platform.auth;

import io.javalin.Javalin;
import io.platform.commons.http.PlainErrors;
import io.platform.commons.http.RequestHeaderDeadline;
import io.platform.commons.http.VirtualThreads;
import io.platform.commons.metrics.ServerMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The auth server on a port of its own. */
final class HttpServer implements AutoCloseable {

  private static final int THREADS = 100;
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int STOP_MILLIS = 10_000;

  private final AuthServer auth;
  private final Javalin javalin;

  private final Optional<ServerMetrics> metrics;

  private HttpServer(AuthServer auth, Javalin javalin, Optional<ServerMetrics> metrics) {
    this.auth = auth;
    this.javalin = javalin;
    this.metrics = metrics;
  }

  /** Starts to answer; closes the auth server with itself. */
  static HttpServer start(AuthServer auth, String host, int port) {
    return start(auth, host, port, Optional.empty());
  }

  /**
   * Starts to answer; closes the auth server and its metrics with itself.
   *
   * @param metrics of the server, where they are served
   * @throws UncheckedIOException where it cannot listen there, in a sentence
   */
  static HttpServer start(AuthServer auth, String host, int port, Optional<ServerMetrics> metrics) {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.http.prefer405over404 = true;
          config.concurrency.useVirtualThreads = true;
          config.jetty.threadPool = new QueuedThreadPool(THREADS);
          config.jetty.addConnector((server, http) -> {
            ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(host);
            connector.setPort(port);
            connector.addBean(RequestHeaderDeadline.of(connector, auth.requests().headers()));
            return connector;
          });
          config.jetty.modifyServletContextHandler(
              context -> context.setErrorHandler(new PlainErrors("The auth server")));
          config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler(new VirtualThreads()));
            server.setErrorHandler(new PlainErrors("The auth server"));
            server.setStopTimeout(STOP_MILLIS);
            server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
          });
          metrics.ifPresent(it -> it.observe(config));
          auth.register(config);
          config.routes.get("/healthz", context -> context.result("ok\n"));
          config.routes.get(
              "/readyz",
              context -> {
                boolean ready = auth.isReady();
                context
                    .status(ready ? 200 : 503)
                    .result(ready ? "ok\n" : "the database does not answer\n");
              });
        });
    try {
      return new HttpServer(auth, javalin.start(), metrics);
    } catch (RuntimeException e) {
      javalin.stop();
      throw new UncheckedIOException(
          "The auth server cannot listen on %s port %d: %s. Stop what listens there, or choose another port (PLATFORM_AUTH_PORT)."
              .formatted(host, port, rootMessage(e)),
          new IOException(e));
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? "it is not known why" : root.getMessage();
  }

  int port() {
    return javalin.port();
  }

  /** Where metrics are served. */
  Optional<Integer> metricsPort() {
    return metrics.map(ServerMetrics::port);
  }

  /** Lets requests that are under way end, and takes no new ones. */
  @Override
  public void close() {
    javalin.stop();
    auth.close();
    metrics.ifPresent(ServerMetrics::close);
  }
}
