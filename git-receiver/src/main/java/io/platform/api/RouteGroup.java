package io.platform.api;

import io.javalin.config.RoutesConfig;

/** A group of routes of the API. */
interface RouteGroup {
  /** Adds them. */
  void register(RoutesConfig routes);
}
