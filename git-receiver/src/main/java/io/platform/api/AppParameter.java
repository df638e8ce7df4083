package io.platform.api;

import io.javalin.http.Context;
import io.platform.domain.AppPath;
import io.platform.service.AppAccess;

/** The app that a request's path names. */
final class AppParameter {
  /** Where apps are. */
  static final String APPS = "/api/v1/apps";

  /** The beginning of all paths of an app. */
  static final String APP = APPS + "/{namespace}/{app}";

  private AppParameter() {}

  /** Names that no app can have are those of apps that are not there. */
  static AppPath of(Context ctx) {
    String namespace = ctx.pathParam("namespace");
    String name = ctx.pathParam("app");
    return AppPath.of(namespace, name).orElseThrow(() -> AppAccess.noApp(namespace, name));
  }
}
