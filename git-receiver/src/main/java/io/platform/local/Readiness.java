package io.platform.local;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code /healthz}: the process answers. {@code /readyz}: everything is started. */
final class Readiness {
  private final AtomicBoolean ready = new AtomicBoolean();

  void register(JavalinConfig javalin) {
    javalin.routes.get("/healthz", ctx -> ctx.result("ok\n"));
    javalin.routes.get("/readyz", this::answer);
  }

  private void answer(Context ctx) {
    if (ready.get()) {
      ctx.result("ready\n");
    } else {
      ctx.status(503).result("starting\n");
    }
  }

  void ready() {
    ready.set(true);
  }
}
