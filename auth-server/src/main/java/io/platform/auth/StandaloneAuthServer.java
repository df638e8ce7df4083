package io.platform.auth;

import io.javalin.config.JavalinConfig;
import io.platform.commons.http.HttpServer;
import io.platform.commons.http.HttpServerConfig;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.metrics.ServerMetrics;
import io.platform.commons.settings.ListenAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The auth server on a port of its own. */
final class StandaloneAuthServer implements AutoCloseable {

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final AuthServer auth;
  private final HttpServer http;
  private final Optional<ServerMetrics> metrics;

  private StandaloneAuthServer(AuthServer auth, HttpServer http, Optional<ServerMetrics> metrics) {
    this.auth = auth;
    this.http = http;
    this.metrics = metrics;
  }

  /** Starts to answer; closes the auth server with itself. */
  static StandaloneAuthServer start(AuthServer auth, ListenAddress address, int port)
      throws IOException {
    return start(auth, address, port, Optional.empty());
  }

  /**
   * Starts to answer; closes the auth server and its metrics with itself.
   *
   * @param metrics of the server, where they are served
   * @throws IOException where it cannot listen there, in a sentence
   */
  static StandaloneAuthServer start(
      AuthServer auth, ListenAddress address, int port, Optional<ServerMetrics> metrics)
      throws IOException {
    ListeningPort listening =
        ListeningPort.bind(ServerName.AUTH_SERVER, address, port, "PLATFORM_AUTH_PORT");
    HttpServer http =
        HttpServer.start(
            listening,
            new HttpServerConfig(ServerName.AUTH_SERVER, auth.requests(), DRAIN),
            javalin -> {
              metrics.ifPresent(it -> it.observe(javalin));
              javalin.http.prefer405over404 = true;
              auth.register(javalin);
              registerReadiness(javalin, auth);
            });
    return new StandaloneAuthServer(auth, http, metrics);
  }

  private static void registerReadiness(JavalinConfig javalin, AuthServer auth) {
    javalin.routes.get("/healthz", context -> context.result("ok\n"));
    javalin.routes.get(
        "/readyz",
        context -> {
          boolean ready = auth.isReady();
          context
              .status(ready ? 200 : 503)
              .result(ready ? "ok\n" : "the database does not answer\n");
        });
  }

  int port() {
    return http.port();
  }

  /** Where metrics are served. */
  Optional<Integer> metricsPort() {
    return metrics.map(ServerMetrics::port);
  }

  /** Lets requests that are under way end, and takes no new ones. */
  @Override
  public void close() {
    http.close();
    auth.close();
    metrics.ifPresent(ServerMetrics::close);
  }
}
