package io.platform.commons.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a port over HTTP, with the threads, limits and errors that all servers have alike.
 * Connections are served by platform threads, which the machine shares fairly; handlers run on
 * virtual threads.
 */
public final class HttpServer implements AutoCloseable {
  private static final int MOST_THREADS = 200;
  private static final int MOST_CONNECTIONS = 10_000;

  private final Javalin javalin;
  private final ListeningPort port;
  private final Optional<TlsPort> tls;

  private HttpServer(Javalin javalin, ListeningPort port, Optional<TlsPort> tls) {
    this.javalin = javalin;
    this.port = port;
    this.tls = tls;
  }

  /** Serves these routes. */
  public static HttpServer start(
      ListeningPort port, HttpServerConfig config, Consumer<JavalinConfig> routes)
      throws IOException {
    return start(port, config, new VirtualThreads(), routes);
  }

  /**
   * Serves these routes behind other handlers. The port is closed with the server, and where it
   * does not start.
   *
   * @param handlers in front of the routes
   * @throws IOException with a sentence for the operator, where it cannot start
   */
  public static HttpServer start(
      ListeningPort port,
      HttpServerConfig config,
      VirtualThreads handlers,
      Consumer<JavalinConfig> routes)
      throws IOException {
    return start(port, Optional.empty(), config, handlers, routes);
  }

  /**
   * Serves these routes on a port with HTTPS, too.
   *
   * @param tls closed with the server, too
   * @throws IOException with a sentence for the operator, where it cannot start
   */
  public static HttpServer start(
      ListeningPort port,
      Optional<TlsPort> tls,
      HttpServerConfig config,
      VirtualThreads handlers,
      Consumer<JavalinConfig> routes)
      throws IOException {
    Javalin javalin =
        Javalin.create(it -> {
          apply(it, config, handlers);
          port.serve(it, config.requests());
          tls.ifPresent(secure -> secure.serve(it, config.requests()));
          routes.accept(it);
        });
    HttpServer server = new HttpServer(javalin, port, tls);
    try {
      javalin.start();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw new IOException(
          "%s cannot serve port %d: %s. Look in the log for the cause."
              .formatted(config.name().subject(), port.port(), rootMessage(e)),
          e);
    }
  }

  private static void apply(
      JavalinConfig javalin, HttpServerConfig config, VirtualThreads handlers) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName("http");
    Duration drain = config.drain();
    javalin.startup.showJavalinBanner = false;
    javalin.concurrency.useVirtualThreads = true;
    javalin.jetty.threadPool = threads;
    javalin.jetty.modifyServer(server -> {
      if (drain.isPositive()) {
        server.setHandler(new UnreadBodyDrain(new GracefulHandler(handlers)));
        server.setStopTimeout(drain.toMillis());
      } else {
        server.setHandler(new UnreadBodyDrain(handlers));
      }
      server.setErrorHandler(new PlainErrors(config.name()));
      server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
    });
    javalin.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new PlainErrors(config.name())));
    javalin.appData(SlowRequestLimits.KEY, config.requests());
    new Problems(config.name()).register(javalin);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** The number of the port. */
  public int port() {
    return port.port();
  }

  @Override
  public void close() {
    javalin.stop();
    port.close();
    tls.ifPresent(TlsPort::close);
  }
}
