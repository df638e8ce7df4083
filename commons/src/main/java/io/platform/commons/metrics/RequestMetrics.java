package io.platform.commons.metrics;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Measures HTTP requests by method, route and class of status. The route is its template, such as
 * {@code /api/v1/apps/{namespace}/{app}}: what clients send makes no new series.
 */
public final class RequestMetrics implements RequestLogger {
  /** Name of the timer. */
  public static final String NAME = "platform.http.requests";

  private static final String NONE = "none";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final MeterRegistry registry;

  /** Records in this registry. */
  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void handle(Context ctx, Float millis) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    Duration time = Duration.ofNanos((long) (millis * NANOS_PER_MILLI));
    if (endpoint == null) {
      record(NONE, NONE, ctx.statusCode(), time);
    } else {
      record(endpoint.method.name(), endpoint.path, ctx.statusCode(), time);
    }
  }

  /**
   * Records one request.
   *
   * @param method and route of a bounded set each
   */
  public void record(String method, String route, int status, Duration time) {
    Timer.builder(NAME)
        .description("HTTP requests by method, route and class of status, with their duration")
        .tag("method", method)
        .tag("route", route)
        .tag("status", status / 100 + "xx")
        .register(registry)
        .record(time);
  }
}
