package io.platform.auth;

import io.javalin.Javalin;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The auth server on a port of its own. */
final class HttpServer implements AutoCloseable {

  private static final int THREADS = 100;
  private static final int STOP_MILLIS = 10_000;

  private final AuthServer auth;
  private final Javalin javalin;

  private HttpServer(AuthServer auth, Javalin javalin) {
    this.auth = auth;
    this.javalin = javalin;
  }

  /** Starts to answer; closes the auth server with itself. */
  static HttpServer start(AuthServer auth, String host, int port) {
    Javalin javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.http.prefer405over404 = true;
          config.concurrency.useVirtualThreads = true;
          config.jetty.threadPool = new QueuedThreadPool(THREADS);
          config.jetty.modifyServletContextHandler(
              context -> context.setErrorHandler(new PlainErrors()));
          config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler(new VirtualThreads()));
            server.setErrorHandler(new PlainErrors());
            server.setStopTimeout(STOP_MILLIS);
          });
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
    return new HttpServer(auth, javalin.start(host, port));
  }

  int port() {
    return javalin.port();
  }

  /** Lets requests that are under way end, and takes no new ones. */
  @Override
  public void close() {
    javalin.stop();
    auth.close();
  }
}
