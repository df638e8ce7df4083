package io.platform.api;

import io.javalin.config.JavalinConfig;
import java.util.List;

/**
 * The REST API: routes for users, builders and runners. Its handlers block: serve it with virtual
 * threads.
 */
public final class Api {
  private final List<RouteGroup> routes;

  /** All of it. */
  public Api(AppApi apps, DeployApi deploys, ProcessApi processes, WorkloadApi workloads) {
    this.routes = List.of(apps, deploys, processes, workloads);
  }

  /** Adds all routes. */
  public void register(JavalinConfig config) {
    RefusedRequests.register(config.routes);
    RefusedWorkloads.register(config.routes);
    routes.forEach(group -> group.register(config.routes));
  }
}
