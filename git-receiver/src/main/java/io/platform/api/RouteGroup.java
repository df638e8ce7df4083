package io.platform.api;

import io.javalin.config.RoutesConfig;

/** A group of routes of the API. */
interface Routes {
  /** Adds them. */
  void register(RoutesConfig routes);
}
