package io.platform.service;

import io.platform.access.Decision;
import io.platform.access.Permissions;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;

/** Finds apps and checks what a user may do with them. */
public final class AppAccess {
  private final Permissions permissions;

  /** Decided by these. */
  public AppAccess(Permissions permissions) {
    this.permissions = permissions;
  }

  /**
   * The app, for a user who may do with it what the role allows.
   *
   * @throws RequestRefused where the user does not see it, or the role does not suffice
   */
  App app(Principal user, AppPath path, Role needed) {
    return switch (permissions.decide(user, path, needed)) {
      case Decision.Allowed(App app) -> app;
      case Decision.Hidden() -> throw noApp(path.namespace(), path.name());
      case Decision.Moved(AppPath now) ->
          throw RequestRefused.notFound(
              "The app %s is called %s now. In a repository, `git remote set-url` leads its remote there."
                  .formatted(path, now));
      case Decision.Denied(String sentence) ->
          throw new RequestRefused(RequestRefused.Reason.FORBIDDEN, sentence);
    };
  }

  /** What is said where there is no such app, or the user may not see it. */
  public static RequestRefused noApp(String namespace, String name) {
    return RequestRefused.notFound(
        "There is no app %s/%s, or you may not see it: `platform apps` lists those that you see."
            .formatted(namespace, name));
  }
}
