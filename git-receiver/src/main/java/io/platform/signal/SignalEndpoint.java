package io.platform.signal;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import io.platform.commons.http.HttpDefaults;
import io.platform.commons.http.VirtualThreads;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes what the other process tells: one topic a line. Bound to loopback. */
final class SignalEndpoint implements AutoCloseable {
  static final String ADDRESS = "127.0.0.1";
  static final String PATH = "/internal/signals";

  /** More than a full post of the sender's. */
  private static final int LARGEST = 256 * 1024;

  private final Javalin javalin;

  private SignalEndpoint(Javalin javalin) {
    this.javalin = javalin;
  }

  /** Hears once this returns. */
  static SignalEndpoint open(int port, Consumer<Topic> heard) {
    Javalin javalin =
        Javalin.create(config -> {
          HttpDefaults.apply(config, new VirtualThreads());
          config.routes.post(PATH, context -> take(context, heard));
        });
    try {
      return new SignalEndpoint(javalin.start(ADDRESS, port));
    } catch (RuntimeException e) {
      javalin.stop();
      throw e;
    }
  }

  int port() {
    return javalin.port();
  }

  private static void take(Context context, Consumer<Topic> heard) throws IOException {
    String body = new String(Bodies.read(context, LARGEST), StandardCharsets.UTF_8);
    body.lines().map(Topic::ofLine).flatMap(Optional::stream).forEach(heard);
    context.status(204);
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
