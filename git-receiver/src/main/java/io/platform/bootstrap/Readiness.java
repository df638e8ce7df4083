package io.platform.bootstrap;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code /healthz}: answers as long as the process runs. {@code /readyz}: everything is started.
 */
public final class Readiness {
  private final AtomicBoolean ready = new AtomicBoolean();

  /** Adds the routes. */
  public void register(JavalinConfig javalin) {
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

  /**
   * Lets nobody through to a filter before everything is started: what a kill left is repaired
   * first.
   */
  public Filter before(Filter filter) {
    return (request, response, chain) -> {
      if (ready.get()) {
        filter.doFilter(request, response, chain);
      } else if (request instanceof HttpServletRequest http
          && http.getRequestURI().contains(".git/")) {
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setHeader("Retry-After", "2");
        answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        answer.setContentType("text/plain; charset=utf-8");
        answer.getWriter().println("The platform is starting. Try again in a moment.");
      } else {
        chain.doFilter(request, response);
      }
    };
  }

  /** From now on. */
  public void ready() {
    ready.set(true);
  }
}
