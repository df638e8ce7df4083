package io.platform.signal;

import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.HttpServer;
import io.platform.commons.http.HttpServerConfig;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.settings.ListenAddress;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Receives the signals of the other process, one topic a line. Bound to loopback. */
final class SignalEndpoint implements AutoCloseable {
  static final String ADDRESS = "127.0.0.1";
  static final String PATH = "/internal/signals";

  /** More than a full post of the sender's. */
  private static final int LARGEST = 256 * 1024;

  private final HttpServer server;

  private SignalEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Hears once this returns.
   *
   * @throws IOException with a sentence for the operator, where the port cannot be served
   */
  static SignalEndpoint open(int port, Consumer<Topic> consumer) throws IOException {
    ListeningPort listening =
        ListeningPort.bind(
            ServerName.PLATFORM, new ListenAddress(ADDRESS), port, "PLATFORM_…_SIGNAL_PORT");
    return new SignalEndpoint(
        HttpServer.start(
            listening,
            HttpServerConfig.of(ServerName.PLATFORM),
            javalin -> javalin.routes.post(PATH, context -> take(context, consumer))));
  }

  int port() {
    return server.port();
  }

  private static void take(Context context, Consumer<Topic> consumer) throws IOException {
    String body = new String(Bodies.read(context, LARGEST), StandardCharsets.UTF_8);
    body.lines().map(Topic::ofLine).flatMap(Optional::stream).forEach(consumer);
    context.status(204);
  }

  @Override
  public void close() {
    server.close();
  }
}
